using System.Text.Json;
using Npgsql;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Bodies;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>Reads the event store directly from PostgreSQL.</summary>
public sealed class StoredEvents(string schema, string? connectionString = null) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _postgres = NpgsqlDataSource.Create(connectionString ?? Servers.Postgres);

    /// <summary>Returns the events of a treasure and its refused claims, in the order of their sequences.</summary>
    public Task<IReadOnlyList<StoredEvent>> OfTreasure(string treasureId) => Read(
        "where stream_id = any($1)", (object)new[] { StreamNames.Treasure(treasureId), StreamNames.Refusals(treasureId) });

    /// <summary>Returns the events with an id.</summary>
    public Task<IReadOnlyList<StoredEvent>> OfId(Guid id) => Read("where id = $1", id);

    public Task<IReadOnlyList<StoredEvent>> All() => Read("");

    public async Task<T> Value<T>(string sql)
    {
        await using var command = _postgres.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Executes a statement and returns the number of changed rows.</summary>
    public async Task<int> Execute(string sql)
    {
        await using var command = _postgres.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Locks a table against writes until the result is disposed.</summary>
    public Task<PostgresLock> Hold(string table) => PostgresLock.LockTable(_postgres, schema, table);

    /// <summary>Locks the progress row of a projection shard, and so stops its next batch, until the result is disposed.</summary>
    public async Task<PostgresLock> HoldProgress(string shard)
    {
        // The row does not exist before the first batch.
        await Poll.Until(
            $"{shard} has recorded its progress",
            () => Value<bool>($"select exists (select from {schema}.mt_event_progression where name = '{shard}')"));
        return await PostgresLock.Acquire(
            _postgres, schema, $"select from {schema}.mt_event_progression where name = '{shard}' for update");
    }

    /// <summary>Moves the progress of a shard one event back.</summary>
    public Task MoveProgressBack(string shard) => Poll.Until($"{shard} has recorded its progress", async () =>
        await Execute($"update {schema}.mt_event_progression set last_seq_id = last_seq_id - 1 where name = '{shard}'") == 1);

    /// <summary>Stores the claim events of a treasure as earlier builds did: as JSON, with the .NET type.</summary>
    public async Task StoreClaimsAsJson(string treasureId)
    {
        foreach (var claim in (await OfTreasure(treasureId)).Where(stored => stored.Data is IClaimEvent))
        {
            var type = claim.Data.GetType();
            var json = JsonSerializer.Serialize(claim.Data, type, JsonSerializerOptions.Web);
            await Execute(
                $"""
                 update {schema}.mt_events
                 set bdata = null, data = '{json}', mt_dotnet_type = '{type.FullName}, {type.Assembly.GetName().Name}'
                 where seq_id = {claim.Sequence}
                 """);
        }
    }

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    private async Task<IReadOnlyList<StoredEvent>> Read(string where, params object[] parameters)
    {
        await using var command = _postgres.CreateCommand(
            $"""
             select seq_id, stream_id, version, type, id, data::text, causation_id, bdata from {schema}.mt_events {where}
             order by seq_id
             """);
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync())
        {
            var data = await reader.IsDBNullAsync(7)
                ? JsonSerializer.Deserialize(reader.GetString(5), EventNames.Types[reader.GetString(3)], JsonSerializerOptions.Web)!
                : ClaimEventSerializer.Deserialize(reader.GetFieldValue<byte[]>(7), reader.GetString(3));
            events.Add(new StoredEvent(
                reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetGuid(4), data,
                await reader.IsDBNullAsync(6) ? null : reader.GetString(6)));
        }

        return events;
    }
}
