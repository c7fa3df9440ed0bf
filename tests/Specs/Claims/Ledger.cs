using TreasureHunt.Commands;
using TreasureHunt.Commands.Claims;
using TreasureHunt.Commands.Hunts;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Specs.Claims;

/// <summary>
/// The event store in memory, as far as deciding claims depends on it: streams that must be as they were read, event ids
/// that occur once, slots that occur once, and all or nothing. What is decided on it is decided by the worker's own code.
/// </summary>
internal class Ledger
{
    private readonly List<Entry> _log = [];
    private readonly Dictionary<(string Scope, string Player, int N), Slot> _slots = [];

    /// <summary>One event as it was recorded.</summary>
    public sealed record Entry(string Stream, long Version, Guid Id, object Event);

    public IReadOnlyList<Entry> Log => _log;

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
            var slots = @event is IClaimEvent claim ? Needed(Slots(), claim, HuntAt(claim.HuntId)?.PlayerLimit is not null) : [];
            var version = VersionOf(stream);
            if (!TryCommit([new Entry(stream, version + 1, id, @event)], slots, new Dictionary<string, long> { [stream] = version }))
            {
                throw new ArgumentException($"{@event} cannot have happened");
            }
        }
    }

    /// <summary>What a worker reads before it decides.</summary>
    public Attempt Read(params IReadOnlyList<AcceptedClaim> claims) => new(this, claims);

    /// <summary>Carries out an admin's command.</summary>
    public Decision Carry(IAdminCommand command)
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

    /// <summary>One transaction: every stream is as it was read, every id and every slot is new; or nothing happens.</summary>
    /// <param name="read">Versions of the streams that the events were decided on, those included that get none of them.</param>
    public bool TryCommit(IReadOnlyList<Entry> entries, IEnumerable<Slot> slots, IReadOnlyDictionary<string, long> read)
    {
        var rows = slots.ToList();
        if (!AreAsRead(entries, read) || !AreNew(entries) || !AreFree(rows))
        {
            return false;
        }

        rows.ForEach(row => _slots[(row.Scope, row.Player, row.N)] = row);
        _log.AddRange(entries);
        foreach (var revoked in entries.Select(entry => entry.Event).OfType<AwardRevoked>())
        {
            _slots.Where(slot => slot.Value.ClaimId == revoked.ClaimId).ToList().ForEach(slot => _slots.Remove(slot.Key));
        }

        return true;
    }

    // Three rules, each of which the simulation breaks to see that it is missed.
    protected virtual bool AreAsRead(IReadOnlyList<Entry> entries, IReadOnlyDictionary<string, long> read) =>
        read.All(stream => VersionOf(stream.Key) == stream.Value);

    protected virtual bool AreNew(IReadOnlyList<Entry> entries)
    {
        var ids = _log.Select(entry => entry.Id).ToHashSet();
        return entries.All(entry => ids.Add(entry.Id));
    }

    protected virtual bool AreFree(IReadOnlyList<Slot> slots) => !slots.Any(slot => _slots.ContainsKey((slot.Scope, slot.Player, slot.N)));

    public IEnumerable<object> Stream(string name) => _log.Where(entry => entry.Stream == name).Select(entry => entry.Event);

    public long VersionOf(string stream) => _log.LongCount(entry => entry.Stream == stream);

    public Treasure? TreasureAt(string treasureId) => Story<Treasure>.Fold(Stream(StreamNames.Treasure(treasureId)), Treasure.Evolve);

    public Hunt? HuntAt(string huntId) => Story<Hunt>.Fold(Stream(StreamNames.Hunt(huntId)), Hunt.Evolve);

    /// <summary>Refusals of a player at a treasure; at treasures that do not exist when it is empty.</summary>
    public int RefusalsOf(string treasureId, string playerId) =>
        _log.Select(entry => entry.Event).OfType<ClaimRefused>().Count(refused => Claiming.CountedAt(refused) == (treasureId, playerId));

    public Slots Slots()
    {
        var slots = new Slots();
        foreach (var held in _slots.Values.GroupBy(slot => (slot.Scope, slot.Player)))
        {
            var before = 0;
            foreach (var slot in held.OrderBy(slot => slot.N))
            {
                slots.Add(slot.Scope, slot.Player, slot.TreasureId, 1);
                if (slot.N > before + 1)
                {
                    slots.AddGap(slot.Scope, slot.Player, before + 1, slot.N - 1);
                }

                before = slot.N;
            }
        }

        return slots;
    }

    private TreasureAwarded? StandingAward(RevokeAward command) => _slots.Values.Any(slot => slot.ClaimId == command.ClaimId)
        ? Stream(StreamNames.Treasure(command.TreasureId)).OfType<TreasureAwarded>().FirstOrDefault(award => award.ClaimId == command.ClaimId)
        : null;

    /// <summary>The slots that a decision takes.</summary>
    public static IReadOnlyList<Slot> Needed(Slots slots, IClaimEvent e, bool huntLimited)
    {
        var before = slots.New.Count;
        slots.Take(e, huntLimited);
        return [.. slots.New.Skip(before)];
    }
}
