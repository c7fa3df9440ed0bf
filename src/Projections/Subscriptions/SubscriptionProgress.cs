using Marten;
using Npgsql;

namespace TreasureHunt.Projections.Subscriptions;

/// <summary>The progress of the subscriptions: the last sequence that each has applied, in Marten's table of progress.</summary>
public sealed class SubscriptionProgress(NpgsqlDataSource postgres, IDocumentStore store)
{
    private readonly string _table = $"{store.Options.DatabaseSchemaName}.mt_event_progression";

    /// <summary>Returns the recorded sequence; 0 for a new subscription.</summary>
    public async Task<long> ReadAsync(string shard, CancellationToken cancellationToken)
    {
        await using var insert = postgres.CreateCommand(
            $"insert into {_table} (name, last_seq_id) values ($1, 0) on conflict (name) do nothing");
        insert.Parameters.AddWithValue(shard);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await using var select = postgres.CreateCommand($"select last_seq_id from {_table} where name = $1");
        select.Parameters.AddWithValue(shard);
        return (long)(await select.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Records that a subscription has applied the events of a range.</summary>
    /// <exception cref="ProgressMovedException">Another worker has moved the progress.</exception>
    public async Task MoveAsync(string shard, long after, long upTo, CancellationToken cancellationToken)
    {
        await using var update = postgres.CreateCommand(
            $"update {_table} set last_seq_id = $3, last_updated = transaction_timestamp() where name = $1 and last_seq_id = $2");
        update.Parameters.AddWithValue(shard);
        update.Parameters.AddWithValue(after);
        update.Parameters.AddWithValue(upTo);
        if (await update.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            throw new ProgressMovedException(shard, after);
        }
    }
}
