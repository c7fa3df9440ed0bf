using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.EventStore.Reading;

/// <summary>Reads events of the log as facts, for read models: a stream, one event, or a long stretch.</summary>
public sealed class RecordedEventReader(NpgsqlDataSource postgres, EventFeedReader log, EventStoreOptions options)
{
    /// <summary>Facts in a page of a long stretch.</summary>
    private const int PageSize = 10_000;

    /// <summary>Pages that are read ahead while one is worked on.</summary>
    private const int Ahead = 2;

    private const string Columns = "seq_id, stream_id, version, timestamp, type, data";

    private readonly string _events = $"{options.Schema}.mt_events";

    /// <summary>A stream from its beginning up to a moment, row by row: a stream may have millions of events.</summary>
    public IAsyncEnumerable<RecordedEvent> StreamAsync(string stream, PointInTime upTo, CancellationToken cancellationToken)
    {
        // Versions are in order, times need not be: hosts write them. The first later event ends the stream at that moment.
        var command = postgres.CreateCommand(
            $"""
             select {Columns} from {_events} where stream_id = $1 and ($2 is null or seq_id <= $2)
               and ($3 is null or version < coalesce((select min(version) from {_events} where stream_id = $1 and timestamp > $3), {long.MaxValue}))
             order by version
             """);
        command.Parameters.AddWithValue(stream);
        command.Parameters.Add(new NpgsqlParameter { Value = upTo.Sequence ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(
            new NpgsqlParameter { Value = upTo.Time?.ToUniversalTime() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return ReadAsync(command, cancellationToken);
    }

    /// <summary>The event that decided a claim; null when there is none.</summary>
    public async Task<RecordedEvent?> EventAsync(Guid id, CancellationToken cancellationToken)
    {
        var command = postgres.CreateCommand($"select {Columns} from {_events} where id = $1");
        command.Parameters.AddWithValue(id);
        return await ReadAsync(command, cancellationToken).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The events of some types in a stretch of the log, in order, read ahead.</summary>
    /// <param name="upTo">Not beyond <see cref="HighWaterAsync"/>: an event behind it may still be on its way.</param>
    /// <exception cref="UnknownEventException">The stretch holds an event that this build does not know.</exception>
    public async IAsyncEnumerable<EventBatch> PagesAsync(
        IReadOnlySet<Type> types, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = Channel.CreateBounded<EventBatch>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var reading = ReadAheadAsync(types.Select(type => EventNames.All[type]).ToArray(), after, upTo, ahead.Writer, stop.Token);
        try
        {
            await foreach (var page in ahead.Reader.ReadAllAsync(cancellationToken))
            {
                yield return page;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    /// <summary>The sequence below which nothing can appear any more, as the projections have established it.</summary>
    public async Task<long> HighWaterAsync(CancellationToken cancellationToken) =>
        (await log.ProgressAsync(cancellationToken)).GetValueOrDefault("HighWaterMark");

    private async Task ReadAheadAsync(
        string[] types, long after, long upTo, ChannelWriter<EventBatch> pages, CancellationToken cancellationToken)
    {
        try
        {
            while (after < upTo)
            {
                var command = postgres.CreateCommand(
                    $"select {Columns} from {_events} where seq_id > $1 and seq_id <= $2 and type = any($3) order by seq_id limit {PageSize}");
                command.Parameters.AddWithValue(after);
                command.Parameters.AddWithValue(upTo);
                command.Parameters.AddWithValue(types);
                var facts = await ReadAsync(command, cancellationToken).ToListAsync(cancellationToken);
                var last = facts.Count < PageSize ? upTo : facts[^1].Sequence;
                // Nobody can say that an event of an unknown type does not change the read model.
                if (await log.FirstUnknownAsync(after, last, cancellationToken) is { } unknown)
                {
                    throw new UnknownEventException(unknown.Type);
                }

                await pages.WriteAsync(new EventBatch(after, last, facts), cancellationToken);
                after = last;
            }

            pages.Complete();
        }
#pragma warning disable CA1031 // Whatever it is, it is the reader of the pages who gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            pages.TryComplete(exception);
        }
    }

    private static async IAsyncEnumerable<RecordedEvent> ReadAsync(
        NpgsqlCommand query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = query;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new RecordedEvent(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetInt64(2),
                reader.GetFieldValue<DateTimeOffset>(3),
                EventJson.Read(reader.GetFieldValue<byte[]>(5), TypeOf(reader.GetString(4))));
        }
    }

    private static Type TypeOf(string name) =>
        EventNames.Types.TryGetValue(name, out var type) ? type : throw new UnknownEventException(name);
}
