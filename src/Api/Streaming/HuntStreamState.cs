using TreasureHunt.Api.Hunts;
using TreasureHunt.Api.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// The latest state of a hunt, its leaderboard and each of its treasures, serialized once for all clients. A client gets what has changed
/// since the version that it has: the latest state only, however often it changed in between.
/// </summary>
public sealed class HuntStreamState
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TreasureEvent> _treasures = [];
    private readonly Dictionary<long, StateDelta> _deltas = [];
    private readonly StateEvent _huntEvent = new();
    private readonly StateEvent _leaderboardEvent = new();
    private readonly StateEvent _freshnessEvent = new();
    private Versioned<HuntView> _hunt;
    private long _leaderboardSequence;
    private bool _isStale;
    private ResumeToken _id;
    private long _version;

    /// <param name="now">The time of the responses: clues appear and hunts open by the clock.</param>
    public HuntStreamState(HuntSnapshot snapshot, DateTimeOffset now)
    {
        _hunt = snapshot.Hunt;
        Apply(snapshot, now);
    }

    /// <summary>Increases with each response that changes; 1 at least.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Whether the hunt is over: then its state changes seldom, and each change is published.</summary>
    public bool IsOver(DateTimeOffset now) => _hunt.Value.Window.PhaseAt(now) is HuntPhase.Closed or HuntPhase.Cancelled;

    /// <summary>
    /// Applies a snapshot. No change up to the position where the snapshot is complete is missing afterwards. Only a snapshot advances
    /// the id of the events, a published change does not.
    /// </summary>
    public void Apply(HuntSnapshot snapshot, DateTimeOffset now)
    {
        lock (_lock)
        {
            SetHunt(snapshot.Hunt);
            foreach (var treasure in snapshot.Treasures)
            {
                TrySetTreasure(treasure);
            }

            UpdateAll(now);
            SetStale(false, now);
            _id = new ResumeToken(
                Math.Max(_id.Treasures, snapshot.CompleteUpTo), Math.Max(_id.Hunt, snapshot.Position),
                Math.Max(_id.At, now.ToUnixTimeSeconds()));
            _deltas.Clear();
        }
    }

    /// <summary>Applies a change of the hunt, unless this or a later one is applied already.</summary>
    public void Apply(Versioned<HuntView> hunt, DateTimeOffset now)
    {
        lock (_lock)
        {
            SetHunt(hunt);
            UpdateAll(now);
        }
    }

    /// <summary>Applies a change of a treasure, unless this or a later one is applied already.</summary>
    public void Apply(Versioned<TreasureView> treasure, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (TrySetTreasure(treasure))
            {
                Update(_treasures[treasure.Value.TreasureId], now);
            }
        }
    }

    /// <summary>Applies a leaderboard, unless a later one is applied already.</summary>
    public void Apply(Versioned<LeaderboardResponse> leaderboard)
    {
        lock (_lock)
        {
            // A generation that was built again can have other entries at the same position.
            if (leaderboard.Sequence >= _leaderboardSequence)
            {
                _leaderboardSequence = leaderboard.Sequence;
                SetBytes(_leaderboardEvent, SseEvents.Serialize("leaderboard"u8, leaderboard.Value));
            }
        }
    }

    /// <summary>Tells the clients that the hunt cannot be read, until the next snapshot is applied.</summary>
    /// <param name="asOf">The time of the last snapshot.</param>
    public void ReportStale(DateTimeOffset asOf)
    {
        lock (_lock)
        {
            SetStale(true, asOf);
        }
    }

    /// <summary>The changes since a version; created once for all clients with the same version.</summary>
    public StateDelta ChangesSince(long version)
    {
        lock (_lock)
        {
            if (!_deltas.TryGetValue(version, out var delta))
            {
                _deltas[version] = delta = DeltaOf(
                    [.. HuntEvents.Concat(_treasures.Values).Where(state => state.Version > version)]);
            }

            return delta;
        }
    }

    /// <summary>
    /// The first events of a client that resumes: the hunt, its leaderboard, and each treasure that may differ from the client's state.
    /// </summary>
    public StateDelta ChangesAfter(ResumeToken token)
    {
        lock (_lock)
        {
            // Another state of the hunt can change the response of any treasure, and another list can have other treasures.
            return token == ResumeToken.Start || token.Hunt != _id.Hunt || token.Hunt < _hunt.Sequence
                ? ChangesSince(0)
                : DeltaOf([.. HuntEvents.Where(state => state.Version > 0), .. _treasures.Values.Where(treasure => treasure.Version > 0
                    && (treasure.Sequence > token.Treasures || ChangedByClock(treasure, token.Since)))]);
        }
    }

    /// <summary>The events that every client gets first. Those of version 0 do not exist yet.</summary>
    private IEnumerable<StateEvent> HuntEvents => [_huntEvent, _leaderboardEvent, _freshnessEvent];

    private void SetStale(bool isStale, DateTimeOffset asOf)
    {
        if (_isStale != isStale)
        {
            _isStale = isStale;
            SetBytes(_freshnessEvent, SseEvents.Serialize("freshness"u8, new FreshnessResponse(!isStale, asOf)));
        }
    }

    private void SetHunt(Versioned<HuntView> hunt) => _hunt = hunt.Sequence > _hunt.Sequence ? hunt : _hunt;

    private bool TrySetTreasure(Versioned<TreasureView> treasure)
    {
        if (_treasures.TryGetValue(treasure.Value.TreasureId, out var known) && known.Sequence >= treasure.Sequence)
        {
            return false;
        }

        known ??= _treasures[treasure.Value.TreasureId] = new TreasureEvent();
        (known.Sequence, known.View) = (treasure.Sequence, treasure.Value);
        return true;
    }

    private void UpdateAll(DateTimeOffset now)
    {
        SetBytes(_huntEvent, SseEvents.Serialize("hunt"u8, HuntStateResponse.Of(_hunt.Value, now)));
        foreach (var treasure in _treasures.Values)
        {
            Update(treasure, now);
        }
    }

    private void Update(TreasureEvent treasure, DateTimeOffset now)
    {
        treasure.Response = TreasureResponse.Of(treasure.View, _hunt.Value, now);
        // A treasure that is not public has no event, so no client gets it.
        if (TreasureResponse.IsPublic(_hunt.Value, now))
        {
            SetBytes(treasure, SseEvents.Serialize("treasure"u8, treasure.Response));
        }
    }

    private void SetBytes(StateEvent state, byte[] bytes)
    {
        if (!bytes.AsSpan().SequenceEqual(state.Bytes))
        {
            state.Bytes = bytes;
            state.Version = _version + 1;
            Volatile.Write(ref _version, state.Version);
            _deltas.Clear();
        }
    }

    /// <summary>
    /// Whether time alone has changed the response since then: the hunt opened, or a clue was revealed and another one is next.
    /// </summary>
    private bool ChangedByClock(TreasureEvent treasure, DateTimeOffset since) => !TreasureResponse.IsPublic(_hunt.Value, since)
        || TreasureResponse.Of(treasure.View, _hunt.Value, since) is var before
        && (before.Status, before.NextClueAt) != (treasure.Response!.Status, treasure.Response.NextClueAt);

    private StateDelta DeltaOf(IEnumerable<StateEvent> events) => new(_version, SseEvents.Join(events.Select(state => state.Bytes), _id));
}
