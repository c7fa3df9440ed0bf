using Marten;
using Npgsql;
using TreasureHunt.Contracts.Commands;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace TreasureHunt.EventStore.Hunts;

/// <summary>
/// Counts the treasures of each hunt, so that a hunt never has more than <see cref="AdminCommandRules.MaxTreasures"/>. Each treasure has
/// its own stream, so a hunt's stream does not contain the number.
/// </summary>
public static class HuntSizeTable
{
    /// <summary>Defines the table, for <c>--apply-schema</c>.</summary>
    public static Table Define(string schema)
    {
        var table = new Table(PostgresqlProvider.Instance.Parse(schema, "hunt_sizes"));
        table.AddColumn<string>("hunt_id").AsPrimaryKey();
        table.AddColumn<int>("treasures").NotNull();
        return table;
    }

    /// <summary>
    /// Counts one more treasure in the session's transaction. Commands for the same hunt wait for each other until the transaction ends.
    /// </summary>
    /// <returns>False when the hunt has the maximum number of treasures.</returns>
    public static async Task<bool> TryAddTreasureAsync(
        IDocumentSession session, string schema, string huntId, CancellationToken cancellationToken)
    {
        await session.BeginTransactionAsync(cancellationToken);
        var connection = session.Connection!;
        await using (var increment = connection.CreateCommand())
        {
            increment.CommandText =
                $"update {schema}.hunt_sizes set treasures = treasures + 1 where hunt_id = $1 returning treasures";
            increment.Parameters.Add(new NpgsqlParameter { Value = huntId });
            if (await increment.ExecuteScalarAsync(cancellationToken) is int count)
            {
                return count <= AdminCommandRules.MaxTreasures;
            }
        }

        // The hunt has no row yet. An older build, without this table, may have hidden treasures.
        await using var insert = connection.CreateCommand();
        insert.CommandText =
            $"""
             insert into {schema}.hunt_sizes (hunt_id, treasures)
             select $1, count(*) + 1 from {schema}.mt_doc_treasure where data ->> 'huntId' = $1
             on conflict (hunt_id) do update set treasures = hunt_sizes.treasures + 1
             returning treasures
             """;
        insert.Parameters.Add(new NpgsqlParameter { Value = huntId });
        return await insert.ExecuteScalarAsync(cancellationToken) is int total && total <= AdminCommandRules.MaxTreasures;
    }
}
