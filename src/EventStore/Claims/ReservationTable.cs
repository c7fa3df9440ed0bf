using Npgsql;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Domain.Claims;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace TreasureHunt.EventStore.Claims;

/// <summary>The table of <see cref="QuotaReservations"/>. Its name <c>slots</c> is part of the storage format.</summary>
public static class ReservationTable
{
    /// <summary>Defines the table, for <c>--apply-schema</c>.</summary>
    public static Table Define(string schema)
    {
        var table = new Table(PostgresqlProvider.Instance.Parse(schema, "slots"));
        table.AddColumn<string>("scope").AsPrimaryKey();
        table.AddColumn<string>("player_id").AsPrimaryKey();
        table.AddColumn<int>("n").AsPrimaryKey();
        table.AddColumn<string>("treasure_id").NotNull();
        table.AddColumn<Guid>("claim_id").NotNull();
        return table;
    }

    /// <summary>
    /// Adds a command that inserts the reservations in a fixed order, so that two transactions cannot deadlock. A collision is SQLSTATE
    /// 23505.
    /// </summary>
    public static void AddInsert(NpgsqlBatch batch, string schema, IReadOnlyList<Reservation> reservations)
    {
        if (reservations.Count == 0)
        {
            return;
        }

        var rows = reservations
            .OrderBy(reservation => reservation.Scope, StringComparer.Ordinal)
            .ThenBy(reservation => reservation.PlayerId, StringComparer.Ordinal)
            .ThenBy(reservation => reservation.Number)
            .ToList();
        batch.BatchCommands.Add(
            new($"insert into {schema}.slots (scope, player_id, n, treasure_id, claim_id) select * from unnest($1, $2, $3, $4, $5)")
            {
                Parameters =
                {
                    new() { Value = rows.ConvertAll(reservation => reservation.Scope).ToArray() },
                    new() { Value = rows.ConvertAll(reservation => reservation.PlayerId).ToArray() },
                    new() { Value = rows.ConvertAll(reservation => reservation.Number).ToArray() },
                    new() { Value = rows.ConvertAll(reservation => reservation.TreasureId).ToArray() },
                    new() { Value = rows.ConvertAll(reservation => reservation.ClaimId).ToArray() },
                },
            });
    }

    /// <summary>
    /// Selects the reservations of the claiming players at the treasures that they claim. It selects exactly the pairs of scope and player
    /// that matter: all players in all scopes would be a thousand index searches instead of twenty.
    /// </summary>
    /// <param name="huntIdOf">Returns the hunt id of a treasure; empty while it is not known.</param>
    public static NpgsqlBatchCommand CreateQuery(string schema, IReadOnlyList<AcceptedClaim> claims, Func<string, string> huntIdOf)
    {
        var keys = new HashSet<(string Scope, string Player)>();
        foreach (var claim in claims)
        {
            keys.Add((ReservationScopes.Hunt(huntIdOf(claim.TreasureId)), claim.PlayerId));
            keys.Add((ReservationScopes.Treasure(claim.TreasureId), claim.PlayerId));
            keys.Add((ReservationScopes.Refusals(claim.TreasureId), claim.PlayerId));
            // Wrong proofs matter only to a claim with a proof.
            if (claim.Proof is not null)
            {
                keys.Add((ReservationScopes.WrongProofs(claim.TreasureId), claim.PlayerId));
            }
        }

        // PostgreSQL counts, because a player may have a million reservations.
        return Select(
            $"""
             select s.scope, s.player_id, s.treasure_id, count(*)::int, max(s.n) {From(schema)}
             group by s.scope, s.player_id, s.treasure_id
             """,
            keys);
    }

    /// <summary>Reads the result of <see cref="CreateQuery"/>.</summary>
    /// <returns>
    /// The scopes and players with free numbers below the highest: <see cref="ReadGapsAsync"/> reads these numbers. Only revocations make
    /// such gaps.
    /// </returns>
    public static async Task<List<(string Scope, string Player)>> ReadReservationsAsync(
        NpgsqlDataReader reader, QuotaReservations reservations, CancellationToken cancellationToken)
    {
        var highest = new Dictionary<(string Scope, string Player), int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (scope, player) = (reader.GetString(0), reader.GetString(1));
            reservations.Add(scope, player, reader.GetString(2), reader.GetInt32(3));
            highest[(scope, player)] = Math.Max(highest.GetValueOrDefault((scope, player)), reader.GetInt32(4));
        }

        return [.. highest.Where(key => key.Value > reservations.CountIn(key.Key.Scope, key.Key.Player)).Select(key => key.Key)];
    }

    /// <summary>Reads the free numbers below the highest, lowest first.</summary>
    public static async Task ReadGapsAsync(
        NpgsqlConnection connection, string schema, List<(string Scope, string Player)> keys, QuotaReservations reservations,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Select(
                    $"""
                     select scope, player_id, previous + 1, n - 1
                     from (
                       select s.scope, s.player_id, s.n, lag(s.n, 1, 0) over (partition by s.scope, s.player_id order by s.n) as previous
                       {From(schema)}) taken
                     where n > previous + 1 order by scope, player_id, n
                     """,
                    keys),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            reservations.AddGap(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3));
        }
    }

    private static string From(string schema) =>
        $"""
         from unnest($1, $2) as requested(scope, player_id)
         join {schema}.slots s on s.scope = requested.scope and s.player_id = requested.player_id
         """;

    private static NpgsqlBatchCommand Select(string sql, IReadOnlyCollection<(string Scope, string Player)> keys) => new(sql)
    {
        Parameters =
        {
            new() { Value = keys.Select(key => key.Scope).ToArray() },
            new() { Value = keys.Select(key => key.Player).ToArray() },
        },
    };
}
