using Marten;
using Npgsql;
using TreasureHunt.Contracts.Commands;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace TreasureHunt.EventStore.Hunts;

/// <summary>
/// Counts the treasures of each hunt, so that a hunt never gets more than <see cref="AdminCommandRules.MaxTreasures"/>. The treasures are
/// streams of their own: no hunt's stream knows how many there are.
/// </summary>
public static class HuntSizes
{
    /// <summary>The table, for the schema command.</summary>
    public static Table Define(string schema)
    {
        var table = new Table(PostgresqlProvider.Instance.Parse(schema, "hunt_sizes"));
        table.AddColumn<string>("hunt_id").AsPrimaryKey();
        table.AddColumn<int>("treasures").NotNull();
        return table;
    }

    /// <summary>
    /// Counts one more treasure in the session's transaction. Commands for the same hunt wait for each other until it ends.
    /// </summary>
    /// <returns>False when the hunt has as many as it may have.</returns>
    public static async Task<bool> TryAddAsync(IDocumentSession session, string schema, string huntId, CancellationToken cancellationToken)
    {
        await session.BeginTransactionAsync(cancellationToken);
        var connection = session.Connection!;
        await using (var increment = connection.CreateCommand())
        {
            increment.CommandText = $"update {schema}.hunt_sizes set treasures = treasures + 1 where hunt_id = $1 returning treasures";
            increment.Parameters.Add(new NpgsqlParameter { Value = huntId });
            if (await increment.ExecuteScalarAsync(cancellationToken) is int counted)
            {
                return counted <= AdminCommandRules.MaxTreasures;
            }
        }

        // The first command since this table exists: an older build may have hidden treasures before.
        await using var first = connection.CreateCommand();
        first.CommandText =
            $"""
             insert into {schema}.hunt_sizes (hunt_id, treasures)
             select $1, count(*) + 1 from {schema}.mt_doc_treasure where data ->> 'huntId' = $1
             on conflict (hunt_id) do update set treasures = hunt_sizes.treasures + 1
             returning treasures
             """;
        first.Parameters.Add(new NpgsqlParameter { Value = huntId });
        return await first.ExecuteScalarAsync(cancellationToken) is int all && all <= AdminCommandRules.MaxTreasures;
    }
}
