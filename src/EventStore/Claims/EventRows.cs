using Npgsql;
using NpgsqlTypes;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.EventStore.Claims;

/// <summary>Events on their way into the log.</summary>
internal sealed class EventRows(int count)
{
    /// <summary>As Marten names them beside the event's own name.</summary>
    private static readonly Dictionary<Type, string> Classes = EventNames.All.Keys.ToDictionary(
        type => type, type => $"{type.FullName}, {type.Assembly.GetName().Name}");

    private readonly List<Guid> _ids = new(count);
    private readonly List<string> _streams = new(count);
    private readonly List<long> _versions = new(count);
    private readonly List<string> _data = new(count);
    private readonly List<string> _types = new(count);
    private readonly List<string> _classes = new(count);
    private readonly List<string?> _traces = new(count);

    public void Add(IClaimEvent decision, string stream, long version, string data, string? trace)
    {
        _ids.Add(decision.ClaimId);
        _streams.Add(stream);
        _versions.Add(version);
        _data.Add(data);
        _types.Add(EventNames.All[decision.GetType()]);
        _classes.Add(Classes[decision.GetType()]);
        _traces.Add(trace);
    }

    /// <summary>In the order in which they were added, which is the order of their sequence numbers.</summary>
    public NpgsqlBatchCommand Insert(string schema, DateTimeOffset recorded) => new(
        $"""
         insert into {schema}.mt_events (seq_id, id, stream_id, version, data, type, mt_dotnet_type, causation_id, timestamp)
         select nextval('{schema}.mt_events_sequence'), e.*, $8 from unnest($1, $2, $3, $4, $5, $6, $7) as e
         """)
    {
        Parameters =
        {
            new() { Value = _ids.ToArray() },
            new() { Value = _streams.ToArray() },
            new() { Value = _versions.ToArray() },
            new() { Value = _data.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
            new() { Value = _types.ToArray() },
            new() { Value = _classes.ToArray() },
            new() { Value = _traces.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            new() { Value = recorded },
        },
    };
}
