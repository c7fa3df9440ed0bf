using System.Buffers;
using System.Text;
using System.Text.Json;
using TreasureHunt.Api.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>What a client has to be told to come up to a version of the board.</summary>
/// <param name="Version">The version of the board that it has been told of then.</param>
/// <param name="Bytes">Server-sent events, ready to be written; shared, never changed.</param>
public readonly record struct StateDelta(long Version, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// The latest answer of a hunt and of each of its treasures, each made once for all who watch. A client is told what has changed
/// since the version it knows: the latest state only, however often it changed in between.
/// </summary>
public sealed class HuntStreamState
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TreasureRow> _treasures = [];
    private readonly Dictionary<long, StateDelta> _news = [];
    private readonly EventRow _huntRow = new();
    private Versioned<HuntView> _hunt;
    private ResumeToken _told;
    private long _version;

    /// <summary>The board of a hunt as it was read.</summary>
    /// <param name="at">The time for which answers are given, here as everywhere.</param>
    public HuntStreamState(HuntReading snapshot, DateTimeOffset at)
    {
        _hunt = snapshot.Hunt;
        Take(snapshot, at);
    }

    /// <summary>Whether the hunt is over: then changes are rare, and come by themselves.</summary>
    public bool IsOver(DateTimeOffset at) => _hunt.Value.Window.PhaseAt(at) is HuntPhase.Closed or HuntPhase.Cancelled;

    /// <summary>Rises with every answer that changes.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>
    /// Takes in all that was read. Nothing up to where that is complete can be missing on the board afterwards, and only this,
    /// not a change that came by itself, moves the id of what is told from now on.
    /// </summary>
    public void Take(HuntReading snapshot, DateTimeOffset at)
    {
        lock (_lock)
        {
            TakeHunt(snapshot.Hunt);
            foreach (var treasure in snapshot.Treasures)
            {
                TakeTreasure(treasure);
            }

            Answer(at);
            _told = new ResumeToken(
                Math.Max(_told.Treasures, snapshot.Complete), Math.Max(_told.Hunt, snapshot.Position),
                Math.Max(_told.At, at.ToUnixTimeSeconds()));
            _news.Clear();
        }
    }

    /// <summary>Takes in a change of the hunt, unless the board knows it or a later one.</summary>
    public void Take(Versioned<HuntView> hunt, DateTimeOffset at)
    {
        lock (_lock)
        {
            TakeHunt(hunt);
            Answer(at);
        }
    }

    /// <summary>Takes in a change of a treasure, unless the board knows it or a later one.</summary>
    public void Take(Versioned<TreasureView> treasure, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (TakeTreasure(treasure))
            {
                Answer(_treasures[treasure.Value.TreasureId], at);
            }
        }
    }

    /// <summary>What has changed since a version; made once for all clients that know the same version.</summary>
    public StateDelta Since(long version)
    {
        lock (_lock)
        {
            if (!_news.TryGetValue(version, out var news))
            {
                _news[version] = news = News(Changed(version));
            }

            return news;
        }
    }

    /// <summary>What a client has to be told first that was told so far before: the hunt, and what may differ from what it knows.</summary>
    public StateDelta After(ResumeToken point)
    {
        lock (_lock)
        {
            // Another state of the hunt can change the answer of any treasure, and another list can hold others.
            return point == ResumeToken.Nothing || point.Hunt != _told.Hunt || point.Hunt < _hunt.Sequence
                ? Since(0)
                : News([_huntRow, .. _treasures.Values.Where(
                    row => row.Event.Length > 0 && (row.Sequence > point.Treasures || Turned(row, point.Since))).OrderBy(
                        row => row.Version)]);
        }
    }

    private IEnumerable<EventRow> Changed(long version) =>
        _treasures.Values.Cast<EventRow>().OrderBy(row => row.Version).Prepend(_huntRow).Where(row => row.Version > version);

    private void TakeHunt(Versioned<HuntView> hunt) => _hunt = hunt.Sequence > _hunt.Sequence ? hunt : _hunt;

    private bool TakeTreasure(Versioned<TreasureView> treasure)
    {
        if (_treasures.TryGetValue(treasure.Value.TreasureId, out var known) && known.Sequence >= treasure.Sequence)
        {
            return false;
        }

        known ??= _treasures[treasure.Value.TreasureId] = new TreasureRow();
        (known.Sequence, known.View) = (treasure.Sequence, treasure.Value);
        return true;
    }

    private void Answer(DateTimeOffset at)
    {
        Tell(_huntRow, "hunt"u8, HuntStateResponse.Of(_hunt.Value, at));
        foreach (var row in _treasures.Values)
        {
            Answer(row, at);
        }
    }

    private void Answer(TreasureRow row, DateTimeOffset at)
    {
        row.Answer = TreasureResponse.Of(row.View, _hunt.Value, at);
        // A row without an event is told to nobody.
        if (TreasureResponse.IsPublic(_hunt.Value, at))
        {
            Tell(row, "treasure"u8, row.Answer);
        }
    }

    private void Tell<T>(EventRow row, ReadOnlySpan<byte> name, T answer)
    {
        byte[] told = [
            .. "event: "u8, .. name, .. "\ndata: "u8, .. JsonSerializer.SerializeToUtf8Bytes(answer, JsonSerializerOptions.Web),
            (byte)'\n'];
        if (!told.AsSpan().SequenceEqual(row.Event))
        {
            row.Event = told;
            row.Version = _version + 1;
            Volatile.Write(ref _version, row.Version);
            _news.Clear();
        }
    }

    /// <summary>
    /// Whether the clock alone has changed the answer since then: the hunt opened, or a clue appeared and gave way to another as the next.
    /// </summary>
    private bool Turned(TreasureRow row, DateTimeOffset since) => !TreasureResponse.IsPublic(_hunt.Value, since)
        || TreasureResponse.Of(row.View, _hunt.Value, since) is var then
        && (then.Status, then.NextClueAt) != (row.Answer!.Status, row.Answer.NextClueAt);

    // The id comes with the last event: a client that loses the connection before it is told all of them again.
    private StateDelta News(IEnumerable<EventRow> rows)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var row in rows)
        {
            bytes.Write(bytes.WrittenCount == 0 ? [] : "\n"u8);
            bytes.Write(row.Event);
        }

        if (bytes.WrittenCount > 0)
        {
            bytes.Write(Encoding.ASCII.GetBytes($"id: {_told}\n\n"));
        }

        return new StateDelta(_version, bytes.WrittenMemory.ToArray());
    }

    private class EventRow
    {
        public byte[] Event { get; set; } = [];

        public long Version { get; set; }
    }

    private sealed class TreasureRow : EventRow
    {
        public long Sequence { get; set; }

        public TreasureView View { get; set; } = null!;

        public TreasureResponse? Answer { get; set; }
    }
}
