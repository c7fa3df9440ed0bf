using Marten;
using Npgsql;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.EventStore.Reading;

/// <summary>Reads the event store: as JSON for the feed, as typed events for read models, and the progress of the projections.</summary>
public sealed partial class EventReader(NpgsqlDataSource postgres, IDocumentStore store)
{
    private const string HighWaterMark = "HighWaterMark";

    private readonly string _events = $"{store.Options.DatabaseSchemaName}.mt_events";

    /// <summary>Returns the last committed sequence; 0 when the event store is empty.</summary>
    /// <remarks>
    /// Marten's <c>FetchEventStoreStatistics</c> returns the value of the database sequence, which includes numbers of open and of
    /// rolled-back transactions, and counts all rows.
    /// </remarks>
    public async Task<long> HeadAsync(CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand($"select coalesce(max(seq_id), 0) from {_events}");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Returns the last processed sequence of every shard by its name, <c>HighWaterMark</c> included.</summary>
    public async Task<Dictionary<string, long>> ProgressAsync(CancellationToken cancellationToken) =>
        (await store.Advanced.AllProjectionProgress(token: cancellationToken))
        .ToDictionary(shard => shard.ShardName, shard => shard.Sequence);

    /// <summary>Returns the sequence up to which no event can be added any more, as the projections have determined it.</summary>
    public async Task<long> HighWaterMarkAsync(CancellationToken cancellationToken) =>
        (await ProgressAsync(cancellationToken)).GetValueOrDefault(HighWaterMark);

    /// <summary>Returns the ids of all hunts, oldest first.</summary>
    public async Task<List<string>> ReadHuntIdsAsync(CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"select data->>'huntId' from {_events} where type = '{EventNames.All[typeof(HuntDrafted)]}' order by seq_id");
        return await ReadStringsAsync(command, cancellationToken);
    }

    /// <summary>Returns the versions in the streams' own rows; a stream without a row is missing.</summary>
    public async Task<Dictionary<string, long>> ReadStreamVersionsAsync(
        IReadOnlyCollection<string> streams, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"select id, version from {store.Options.DatabaseSchemaName}.mt_streams where id = any($1)");
        command.Parameters.AddWithValue(streams.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new Dictionary<string, long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            versions[reader.GetString(0)] = reader.GetInt64(1);
        }

        return versions;
    }

    private static async Task<List<string>> ReadStringsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var strings = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            strings.Add(reader.GetString(0));
        }

        return strings;
    }
}
