using Npgsql;
using NpgsqlTypes;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Bodies;

namespace TreasureHunt.EventStore.Claims;

/// <summary>Claim events to insert into <c>mt_events</c>, column by column.</summary>
internal sealed class EventRows(int count)
{
    private readonly List<Guid> _ids = new(count);
    private readonly List<string> _streams = new(count);
    private readonly List<long> _versions = new(count);
    private readonly List<byte[]> _bodies = new(count);
    private readonly List<string> _types = new(count);
    private readonly List<string?> _causationIds = new(count);

    public void Add(IClaimEvent decision, string stream, long version, string? traceParent)
    {
        _ids.Add(decision.ClaimId);
        _streams.Add(stream);
        _versions.Add(version);
        _bodies.Add(ClaimEventSerializer.Serialize(decision));
        _types.Add(EventNames.All[decision.GetType()]);
        _causationIds.Add(traceParent);
    }

    /// <summary>Creates the command that inserts the events. Their sequence numbers are in the order in which they were added.</summary>
    /// <remarks>
    /// Marten finds the type of an event by its name. It needs the .NET type only for a name that it does not know; without one, it reports
    /// such an event as unknown.
    /// </remarks>
    public NpgsqlBatchCommand CreateInsert(string schema, DateTimeOffset recordedAt) => new(
        $"""
         insert into {schema}.mt_events (seq_id, id, stream_id, version, bdata, type, causation_id, data, mt_dotnet_type, timestamp)
         select nextval('{schema}.mt_events_sequence'), e.*, '{EventBody.NoJson}'::jsonb, '', $7 from unnest($1, $2, $3, $4, $5, $6) as e
         """)
    {
        Parameters =
        {
            new() { Value = _ids.ToArray() },
            new() { Value = _streams.ToArray() },
            new() { Value = _versions.ToArray() },
            new() { Value = _bodies.ToArray() },
            new() { Value = _types.ToArray() },
            new() { Value = _causationIds.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            new() { Value = recordedAt },
        },
    };
}
