using Npgsql;
using TreasureHunt.EventStore;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>Which generation of a read model readers see, and which one they saw before.</summary>
/// <param name="Previous">Kept for a rollback; null when there is none.</param>
public sealed record LiveGeneration(string ReadModel, int Live, int? Previous, DateTimeOffset FlippedAt);

/// <summary>The truth about live generations, in PostgreSQL; Redis has a copy for the Apis.</summary>
public sealed class GenerationTable(NpgsqlDataSource postgres, EventStoreOptions options)
{
    private readonly string _table = $"{options.Schema}.generations";

    public async Task<Dictionary<string, LiveGeneration>> ReadAsync(CancellationToken cancellationToken)
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

    /// <summary>Makes a generation the live one, if the live one is still the one that it takes over from.</summary>
    /// <param name="from">0 when there was none.</param>
    /// <param name="keep">Whether the old one can be rolled back to.</param>
    /// <returns>False when somebody else was there first: this worker's view is out of date.</returns>
    public async Task<bool> FlipAsync(
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

    /// <summary>Says that the previous generation is gone.</summary>
    public async Task ForgetAsync(string readModel, int previous, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand($"update {_table} set previous = null where read_model = $1 and previous = $2");
        command.Parameters.AddWithValue(readModel);
        command.Parameters.AddWithValue(previous);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
