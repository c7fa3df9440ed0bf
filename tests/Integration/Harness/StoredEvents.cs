using System.Text.Json;
using Npgsql;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>A fact of the log as PostgreSQL has it.</summary>
public sealed record StoredEvent(long Sequence, string Stream, long Version, string Type, Guid Id, object Data, string? CausationId);

/// <summary>Reads the log from PostgreSQL itself: no code of the engine stands between the tests and the truth.</summary>
public sealed class StoredEvents(string schema, string? connectionString = null) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _postgres = NpgsqlDataSource.Create(connectionString ?? Servers.Postgres);

    /// <summary>What happened to a treasure, its refused claims included, in the order of the log.</summary>
    public Task<IReadOnlyList<StoredEvent>> OfTreasure(string treasureId) => Read(
        "where stream_id = any($1)", (object)new[] { StreamNames.Treasure(treasureId), StreamNames.Refusals(treasureId) });

    /// <summary>The facts that bear an id; one at the most, or something is wrong.</summary>
    public Task<IReadOnlyList<StoredEvent>> OfId(Guid id) => Read("where id = $1", id);

    public Task<IReadOnlyList<StoredEvent>> All() => Read("");

    public async Task<T> Value<T>(string sql)
    {
        await using var command = _postgres.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Answers how many rows it changed.</summary>
    public async Task<int> Execute(string sql)
    {
        await using var command = _postgres.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Keeps everybody from writing to a table until the result is disposed.</summary>
    public Task<LockHold> Hold(string table) => LockHold.Table(_postgres, schema, table);

    /// <summary>Keeps a shard from recording its progress, and so from the page after, until the result is disposed.</summary>
    public async Task<LockHold> HoldProgress(string shard)
    {
        // There is no row to hold before its first page.
        await Until.True(
            $"{shard} has recorded its progress",
            () => Value<bool>($"select exists (select from {schema}.mt_event_progression where name = '{shard}')"));
        return await LockHold.Take(_postgres, schema, $"select from {schema}.mt_event_progression where name = '{shard}' for update");
    }

    /// <summary>Moves the progress of a shard one event back.</summary>
    public Task MoveProgressBack(string shard) => Until.True($"{shard} has recorded its progress", async () =>
        await Execute($"update {schema}.mt_event_progression set last_seq_id = last_seq_id - 1 where name = '{shard}'") == 1);

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    private async Task<IReadOnlyList<StoredEvent>> Read(string where, params object[] parameters)
    {
        await using var command = _postgres.CreateCommand(
            $"select seq_id, stream_id, version, type, id, data::text, causation_id from {schema}.mt_events {where} order by seq_id");
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var facts = new List<StoredEvent>();
        while (await reader.ReadAsync())
        {
            var data = JsonSerializer.Deserialize(reader.GetString(5), EventNames.Types[reader.GetString(3)], JsonSerializerOptions.Web)!;
            facts.Add(new StoredEvent(
                reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetGuid(4), data,
                await reader.IsDBNullAsync(6) ? null : reader.GetString(6)));
        }

        return facts;
    }
}

/// <summary>What facts say about claims.</summary>
public static class FactWords
{
    public static IReadOnlyList<IClaimEvent> Decisions(this IEnumerable<StoredEvent> facts) =>
        facts.Select(fact => fact.Data).OfType<IClaimEvent>().ToList();

    public static IReadOnlyList<TreasureAwarded> Awards(this IEnumerable<StoredEvent> facts) =>
        facts.Select(fact => fact.Data).OfType<TreasureAwarded>().ToList();

    public static IReadOnlyList<ClaimRefused> Refusals(this IEnumerable<StoredEvent> facts) =>
        facts.Select(fact => fact.Data).OfType<ClaimRefused>().ToList();

    /// <summary>How the fact reads as an outcome: <c>won</c>, or the reason.</summary>
    public static string Outcome(this IClaimEvent decision) => decision is ClaimRefused refused ? refused.Reason : Outcomes.Won;
}
