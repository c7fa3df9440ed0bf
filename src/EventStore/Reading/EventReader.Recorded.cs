using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using TreasureHunt.EventStore.Bodies;

namespace TreasureHunt.EventStore.Reading;

/// <content>Typed events: a stream, or one event.</content>
public sealed partial class EventReader
{
    private const string Columns = $"seq_id, stream_id, version, timestamp, type, {EventBody.Columns}";

    private const int ColumnCount = 7;

    /// <summary>Reads a stream from its beginning up to a point in time, row by row: a stream may have millions of events.</summary>
    public IAsyncEnumerable<RecordedEvent> ReadStreamAsync(string stream, PointInTime upTo, CancellationToken cancellationToken)
    {
        // Versions are in order, times need not be: the hosts write them. The first event with a later time ends the stream.
        var command = postgres.CreateCommand(
            $"""
             select {Columns} from {_events} where stream_id = $1 and ($2 is null or seq_id <= $2)
               and ($3 is null or version < coalesce(
                 (select min(version) from {_events} where stream_id = $1 and timestamp > $3), {long.MaxValue}))
             order by version
             """);
        command.Parameters.AddWithValue(stream);
        command.Parameters.Add(new NpgsqlParameter { Value = upTo.Sequence ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(
            new NpgsqlParameter { Value = upTo.Time?.ToUniversalTime() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return ReadRecordedAsync(command, cancellationToken);
    }

    /// <summary>Returns the event with an id, such as the event that decided a claim; null when it does not exist.</summary>
    public async Task<RecordedEvent?> FindEventAsync(Guid id, CancellationToken cancellationToken)
    {
        var command = postgres.CreateCommand($"select {Columns} from {_events} where id = $1");
        command.Parameters.AddWithValue(id);
        return await ReadRecordedAsync(command, cancellationToken).FirstOrDefaultAsync(cancellationToken);
    }

    private static async IAsyncEnumerable<RecordedEvent> ReadRecordedAsync(
        NpgsqlCommand query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = query;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return RecordedEventIn(reader);
        }
    }

    /// <summary>The event in the row of a query for <see cref="Columns"/>.</summary>
    private static RecordedEvent RecordedEventIn(NpgsqlDataReader reader) => new(
        Sequence: reader.GetInt64(0),
        Stream: reader.GetString(1),
        Version: reader.GetInt64(2),
        RecordedAt: reader.GetFieldValue<DateTimeOffset>(3),
        Data: EventBody.Read(reader, 5, reader.GetString(4)));
}
