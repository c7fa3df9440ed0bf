using Npgsql;
using TreasureHunt.EventStore;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>The live generations in PostgreSQL. Redis has a copy for the Apis.</summary>
public sealed class GenerationTable(NpgsqlDataSource postgres, EventStoreOptions options)
{
    private readonly string _table = $"{options.Schema}.generations";

    /// <summary>The live generation of each read model that has one, by its name.</summary>
    public async Task<Dictionary<string, LiveGeneration>> ReadAllAsync(CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand($"select read_model, live, previous, flipped_at from {_table}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var live = new Dictionary<string, LiveGeneration>();
        while (await reader.ReadAsync(cancellationToken))
        {
            live[reader.GetString(0)] = new LiveGeneration(
                reader.GetString(0), reader.GetInt32(1), await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetInt32(2),
                reader.GetFieldValue<DateTimeOffset>(3));
        }

        return live;
    }

    /// <summary>Replaces the live generation of a read model, unless it has changed meanwhile.</summary>
    /// <param name="from">The expected live generation; 0 for none.</param>
    /// <param name="keep">Whether <paramref name="from"/> is kept for a rollback.</param>
    /// <returns>False when another worker has replaced the live generation.</returns>
    public async Task<bool> ReplaceLiveGenerationAsync(
        string readModel, int from, int to, bool keep, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"""
             insert into {_table} as known (read_model, live, previous, flipped_at) values ($1, $3, null, $5)
             on conflict (read_model) do update set live = $3, previous = case when $4 then $2 end, flipped_at = $5 where known.live = $2
             """);
        command.Parameters.AddWithValue(readModel);
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue(keep);
        command.Parameters.AddWithValue(now);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Records that the previous generation is deleted.</summary>
    public async Task ClearPreviousAsync(string readModel, int previous, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand($"update {_table} set previous = null where read_model = $1 and previous = $2");
        command.Parameters.AddWithValue(readModel);
        command.Parameters.AddWithValue(previous);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
