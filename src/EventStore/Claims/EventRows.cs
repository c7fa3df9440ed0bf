using Npgsql;
using NpgsqlTypes;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.EventStore.Claims;

/// <summary>Events to insert into <c>mt_events</c>, column by column.</summary>
internal sealed class EventRows(int count)
{
    /// <summary>Marten's second name of an event: its .NET type.</summary>
    private static readonly Dictionary<Type, string> DotNetTypes = EventNames.All.Keys.ToDictionary(
        type => type, type => $"{type.FullName}, {type.Assembly.GetName().Name}");

    private readonly List<Guid> _ids = new(count);
    private readonly List<string> _streams = new(count);
    private readonly List<long> _versions = new(count);
    private readonly List<string> _data = new(count);
    private readonly List<string> _types = new(count);
    private readonly List<string> _dotNetTypes = new(count);
    private readonly List<string?> _causationIds = new(count);

    public void Add(IClaimEvent decision, string stream, long version, string data, string? traceParent)
    {
        _ids.Add(decision.ClaimId);
        _streams.Add(stream);
        _versions.Add(version);
        _data.Add(data);
        _types.Add(EventNames.All[decision.GetType()]);
        _dotNetTypes.Add(DotNetTypes[decision.GetType()]);
        _causationIds.Add(traceParent);
    }

    /// <summary>Creates the command that inserts the events. Their sequence numbers are in the order in which they were added.</summary>
    public NpgsqlBatchCommand CreateInsert(string schema, DateTimeOffset recordedAt) => new(
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
            new() { Value = _dotNetTypes.ToArray() },
            new() { Value = _causationIds.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            new() { Value = recordedAt },
        },
    };
}
