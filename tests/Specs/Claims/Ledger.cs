using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.Specs.Claims;

/// <summary>
/// An event store in memory with the guarantees that decisions depend on: expected versions of streams, unique event ids,
/// unique reservations, and atomic transactions. The decisions come from the code of the worker.
/// </summary>
internal class Ledger
{
    private readonly List<LedgerEntry> _entries = [];
    private readonly LedgerReservations _reservations = new();

    /// <summary>A recorded event with its stream and version.</summary>
    public sealed record LedgerEntry(string Stream, long Version, Guid Id, object Event);

    public IReadOnlyList<LedgerEntry> Entries => _entries;

    /// <summary>Records the history of a spec.</summary>
    public void Record(IEnumerable<object> history)
    {
        foreach (var @event in history)
        {
            var (stream, id) = @event switch
            {
                ClaimRefused e => (StreamNames.Refusals(e.TreasureId), e.ClaimId),
                TreasureAwarded e => (StreamNames.Treasure(e.TreasureId), e.ClaimId),
                ITreasureEvent e => (StreamNames.Treasure(e.TreasureId), Ids.Fresh()),
                IHuntEvent e => (StreamNames.Hunt(e.HuntId), Ids.Fresh()),
                _ => throw new ArgumentException($"{@event} is not an event"),
            };
            var reservations = @event is IClaimEvent claim
                ? NeededReservations(Reservations(), claim, HuntAt(claim.HuntId)?.PlayerLimit is not null) : [];
            var version = VersionOf(stream);
            if (!TryCommit(
                [new LedgerEntry(stream, version + 1, id, @event)], reservations, new Dictionary<string, long> { [stream] = version }))
            {
                throw new ArgumentException($"{@event} is not possible in this history");
            }
        }
    }

    /// <summary>Begins an attempt to decide claims, which reads the current state.</summary>
    public DecisionAttempt Read(params IReadOnlyList<AcceptedClaim> claims) => new(this, claims);

    /// <summary>Decides an admin command and records its event.</summary>
    public CommandDecision Handle(IAdminCommand command)
    {
        var decision = command switch
        {
            DraftHunt c => Hunt.Decide(HuntAt(c.HuntId), c),
            ChangeHunt c => Hunt.Decide(HuntAt(c.HuntId), c),
            HideTreasure c => Treasure.DecideHide(TreasureAt(c.TreasureId), HuntAt(c.HuntId), c),
            RestockTreasure c => Treasure.Decide(TreasureAt(c.TreasureId), null, c),
            WithdrawTreasure c => Treasure.Decide(TreasureAt(c.TreasureId), null, c),
            RevokeAward c => Treasure.Decide(TreasureAt(c.TreasureId), UnrevokedAward(c), c),
            _ => throw new ArgumentException($"{command} is not a command"),
        };
        if (decision.Event is { } @event)
        {
            Record([@event]);
        }

        return decision;
    }

    /// <summary>
    /// Commits one transaction if all versions are as read and all ids and reservations are new. Returns false otherwise.
    /// </summary>
    /// <param name="read">The expected versions of all streams that were read, including streams that get no event.</param>
    public bool TryCommit(IReadOnlyList<LedgerEntry> entries, IEnumerable<Reservation> reservations, IReadOnlyDictionary<string, long> read)
    {
        var rows = reservations.ToList();
        if (!AreAsRead(entries, read) || !AreNew(entries) || !AreFree(rows))
        {
            return false;
        }

        _reservations.Add(rows);
        _entries.AddRange(entries);
        foreach (var revoked in entries.Select(entry => entry.Event).OfType<AwardRevoked>())
        {
            _reservations.RemoveOf(revoked.ClaimId);
        }

        return true;
    }

    // Subclasses of the simulation disable these three checks one by one.
    protected virtual bool AreAsRead(IReadOnlyList<LedgerEntry> entries, IReadOnlyDictionary<string, long> read) =>
        read.All(stream => VersionOf(stream.Key) == stream.Value);

    protected virtual bool AreNew(IReadOnlyList<LedgerEntry> entries)
    {
        var ids = _entries.Select(entry => entry.Id).ToHashSet();
        return entries.All(entry => ids.Add(entry.Id));
    }

    protected virtual bool AreFree(IReadOnlyList<Reservation> reservations) =>
        !reservations.Any(_reservations.Contains);

    public IEnumerable<object> Stream(string name) => _entries.Where(entry => entry.Stream == name).Select(entry => entry.Event);

    public long VersionOf(string stream) => _entries.LongCount(entry => entry.Stream == stream);

    public Treasure? TreasureAt(string treasureId) =>
        CommandScenario<Treasure>.Fold(Stream(StreamNames.Treasure(treasureId)), Treasure.Evolve);

    public Hunt? HuntAt(string huntId) => CommandScenario<Hunt>.Fold(Stream(StreamNames.Hunt(huntId)), Hunt.Evolve);

    /// <summary>The number of recorded refusals of a player at a treasure, or at all missing treasures when the id is empty.</summary>
    public int RefusalsOf(string treasureId, string playerId) =>
        _entries.Select(entry => entry.Event).OfType<ClaimRefused>().Count(
            refused => ClaimDecider.RefusalKeyOf(refused) == (treasureId, playerId));

    public QuotaReservations Reservations() => _reservations.ToQuotaReservations();

    private TreasureAwarded? UnrevokedAward(RevokeAward command) => _reservations.HasAnyOf(command.ClaimId)
        ? Stream(StreamNames.Treasure(command.TreasureId)).OfType<TreasureAwarded>().FirstOrDefault(
            award => award.ClaimId == command.ClaimId)
        : null;

    /// <summary>The reservations that an event takes.</summary>
    public static IReadOnlyList<Reservation> NeededReservations(QuotaReservations reservations, IClaimEvent e, bool huntLimited)
    {
        var before = reservations.NewReservations.Count;
        reservations.Take(e, huntLimited);
        return [.. reservations.NewReservations.Skip(before)];
    }
}
