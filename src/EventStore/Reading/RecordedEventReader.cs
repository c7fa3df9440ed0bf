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
    public IAsyncEnumerable<RecordedEvent> Stream(string stream, PointInTime upTo, CancellationToken cancellation)
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
        command.Parameters.Add(new NpgsqlParameter { Value = upTo.Time?.ToUniversalTime() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return Read(command, cancellation);
    }

    /// <summary>The event that decided a claim; null when there is none.</summary>
    public async Task<RecordedEvent?> Event(Guid id, CancellationToken cancellation)
    {
        var command = postgres.CreateCommand($"select {Columns} from {_events} where id = $1");
        command.Parameters.AddWithValue(id);
        return await Read(command, cancellation).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The events of some types in a stretch of the log, in order, read ahead.</summary>
    /// <param name="upTo">Not beyond <see cref="HighWater"/>: an event behind it may still be on its way.</param>
    /// <exception cref="UnknownEventException">The stretch holds an event that this build does not know.</exception>
    public async IAsyncEnumerable<EventBatch> Pages(
        IReadOnlySet<Type> types, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ahead = Channel.CreateBounded<EventBatch>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var reading = ReadAhead(types.Select(type => EventNames.All[type]).ToArray(), after, upTo, ahead.Writer, stop.Token);
        try
        {
            await foreach (var page in ahead.Reader.ReadAllAsync(cancellation))
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
    public async Task<long> HighWater(CancellationToken cancellation) => (await log.Progress(cancellation)).GetValueOrDefault("HighWaterMark");

    private async Task ReadAhead(string[] types, long after, long upTo, ChannelWriter<EventBatch> pages, CancellationToken cancellation)
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
                var facts = await Read(command, cancellation).ToListAsync(cancellation);
                var last = facts.Count < PageSize ? upTo : facts[^1].Sequence;
                // Nobody can say that an event of an unknown type does not change the read model.
                if (await log.FirstUnknown(after, last, cancellation) is { } unknown)
                {
                    throw new UnknownEventException(unknown.Type);
                }

                await pages.WriteAsync(new EventBatch(after, last, facts), cancellation);
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

    private static async IAsyncEnumerable<RecordedEvent> Read(NpgsqlCommand query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = query;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return new RecordedEvent(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetInt64(2),
                reader.GetFieldValue<DateTimeOffset>(3),
                EventJson.Read(reader.GetFieldValue<byte[]>(5), TypeOf(reader.GetString(4))));
        }
    }

    private static Type TypeOf(string name) => EventNames.Types.TryGetValue(name, out var type) ? type : throw new UnknownEventException(name);
}
