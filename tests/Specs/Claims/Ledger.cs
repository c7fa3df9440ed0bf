using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.Specs.Claims;

/// <summary>
/// The event store in memory, as far as deciding claims depends on it: streams that must be as they were read, event ids
/// that occur once, reservations that occur once, and all or nothing. What is decided on it is decided by the worker's own code.
/// </summary>
internal class Ledger
{
    private readonly List<LedgerEntry> _log = [];
    private readonly Dictionary<(string Scope, string Player, int N), Reservation> _reservations = [];

    /// <summary>One event as it was recorded.</summary>
    public sealed record LedgerEntry(string Stream, long Version, Guid Id, object Event);

    public IReadOnlyList<LedgerEntry> Log => _log;

    /// <summary>Records what happened before a spec begins.</summary>
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
                _ => throw new ArgumentException($"{@event} is no event"),
            };
            var reservations = @event is IClaimEvent claim
                ? Needed(Reservations(), claim, HuntAt(claim.HuntId)?.PlayerLimit is not null) : [];
            var version = VersionOf(stream);
            if (!TryCommit(
                [new LedgerEntry(stream, version + 1, id, @event)], reservations, new Dictionary<string, long> { [stream] = version }))
            {
                throw new ArgumentException($"{@event} cannot have happened");
            }
        }
    }

    /// <summary>What a worker reads before it decides.</summary>
    public Attempt Read(params IReadOnlyList<AcceptedClaim> claims) => new(this, claims);

    /// <summary>Carries out an admin's command.</summary>
    public Decision Handle(IAdminCommand command)
    {
        var decision = command switch
        {
            DraftHunt c => Hunt.Decide(HuntAt(c.HuntId), c),
            ChangeHunt c => Hunt.Decide(HuntAt(c.HuntId), c),
            HideTreasure c => Treasure.Hide(TreasureAt(c.TreasureId), HuntAt(c.HuntId), c),
            RestockTreasure c => Treasure.Decide(TreasureAt(c.TreasureId), null, c),
            WithdrawTreasure c => Treasure.Decide(TreasureAt(c.TreasureId), null, c),
            RevokeAward c => Treasure.Decide(TreasureAt(c.TreasureId), StandingAward(c), c),
            _ => throw new ArgumentException($"{command} is no command"),
        };
        if (decision.Event is { } @event)
        {
            Record([@event]);
        }

        return decision;
    }

    /// <summary>One transaction: every stream is as it was read, every id and every reservation is new; or nothing happens.</summary>
    /// <param name="read">Versions of the streams that the events were decided on, those included that get none of them.</param>
    public bool TryCommit(IReadOnlyList<LedgerEntry> entries, IEnumerable<Reservation> reservations, IReadOnlyDictionary<string, long> read)
    {
        var rows = reservations.ToList();
        if (!AreAsRead(entries, read) || !AreNew(entries) || !AreFree(rows))
        {
            return false;
        }

        rows.ForEach(row => _reservations[(row.Scope, row.Player, row.N)] = row);
        _log.AddRange(entries);
        foreach (var revoked in entries.Select(entry => entry.Event).OfType<AwardRevoked>())
        {
            _reservations.Where(reservation => reservation.Value.ClaimId == revoked.ClaimId).ToList().ForEach(
                reservation => _reservations.Remove(reservation.Key));
        }

        return true;
    }

    // Three rules, each of which the simulation breaks to see that it is missed.
    protected virtual bool AreAsRead(IReadOnlyList<LedgerEntry> entries, IReadOnlyDictionary<string, long> read) =>
        read.All(stream => VersionOf(stream.Key) == stream.Value);

    protected virtual bool AreNew(IReadOnlyList<LedgerEntry> entries)
    {
        var ids = _log.Select(entry => entry.Id).ToHashSet();
        return entries.All(entry => ids.Add(entry.Id));
    }

    protected virtual bool AreFree(IReadOnlyList<Reservation> reservations) =>
        !reservations.Any(reservation => _reservations.ContainsKey((reservation.Scope, reservation.Player, reservation.N)));

    public IEnumerable<object> Stream(string name) => _log.Where(entry => entry.Stream == name).Select(entry => entry.Event);

    public long VersionOf(string stream) => _log.LongCount(entry => entry.Stream == stream);

    public Treasure? TreasureAt(string treasureId) =>
        CommandScenario<Treasure>.Fold(Stream(StreamNames.Treasure(treasureId)), Treasure.Evolve);

    public Hunt? HuntAt(string huntId) => CommandScenario<Hunt>.Fold(Stream(StreamNames.Hunt(huntId)), Hunt.Evolve);

    /// <summary>Refusals of a player at a treasure; at treasures that do not exist when it is empty.</summary>
    public int RefusalsOf(string treasureId, string playerId) =>
        _log.Select(entry => entry.Event).OfType<ClaimRefused>().Count(
            refused => ClaimDecider.CountedAt(refused) == (treasureId, playerId));

    public QuotaReservations Reservations()
    {
        var reservations = new QuotaReservations();
        foreach (var held in _reservations.Values.GroupBy(reservation => (reservation.Scope, reservation.Player)))
        {
            var before = 0;
            foreach (var reservation in held.OrderBy(reservation => reservation.N))
            {
                reservations.Add(reservation.Scope, reservation.Player, reservation.TreasureId, 1);
                if (reservation.N > before + 1)
                {
                    reservations.AddGap(reservation.Scope, reservation.Player, before + 1, reservation.N - 1);
                }

                before = reservation.N;
            }
        }

        return reservations;
    }

    private TreasureAwarded? StandingAward(
        RevokeAward command) => _reservations.Values.Any(reservation => reservation.ClaimId == command.ClaimId)
        ? Stream(StreamNames.Treasure(command.TreasureId)).OfType<TreasureAwarded>().FirstOrDefault(
            award => award.ClaimId == command.ClaimId)
        : null;

    /// <summary>The reservations that a decision takes.</summary>
    public static IReadOnlyList<Reservation> Needed(QuotaReservations reservations, IClaimEvent e, bool huntLimited)
    {
        var before = reservations.New.Count;
        reservations.Take(e, huntLimited);
        return [.. reservations.New.Skip(before)];
    }
}
