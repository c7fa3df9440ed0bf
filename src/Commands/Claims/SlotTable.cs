using Npgsql;
using TreasureHunt.Contracts.Commands;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace TreasureHunt.Commands.Claims;

/// <summary>Where <see cref="Slots"/> are kept.</summary>
public static class SlotTable
{
    /// <summary>The table, for the schema command.</summary>
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

    /// <summary>Inserts slots, in one order, so that two transactions cannot deadlock. A collision is SQLSTATE 23505.</summary>
    public static void Insert(NpgsqlBatch batch, string schema, IReadOnlyList<Slot> slots)
    {
        if (slots.Count == 0)
        {
            return;
        }

        var rows = slots.OrderBy(slot => slot.Scope, StringComparer.Ordinal).ThenBy(slot => slot.Player, StringComparer.Ordinal).ThenBy(slot => slot.N).ToList();
        batch.BatchCommands.Add(new($"insert into {schema}.slots (scope, player_id, n, treasure_id, claim_id) select * from unnest($1, $2, $3, $4, $5)")
        {
            Parameters =
            {
                new() { Value = rows.ConvertAll(slot => slot.Scope).ToArray() },
                new() { Value = rows.ConvertAll(slot => slot.Player).ToArray() },
                new() { Value = rows.ConvertAll(slot => slot.N).ToArray() },
                new() { Value = rows.ConvertAll(slot => slot.TreasureId).ToArray() },
                new() { Value = rows.ConvertAll(slot => slot.ClaimId).ToArray() },
            },
        });
    }

    /// <summary>
    /// How the claiming players stand with the treasures that they claim. It asks for exactly the places that matter: all players in
    /// all scopes would be a thousand look-ups where twenty are meant.
    /// </summary>
    /// <param name="huntOf">The hunt of a treasure; empty while it is not known.</param>
    public static NpgsqlBatchCommand Query(string schema, IReadOnlyList<AcceptedClaim> claims, Func<string, string> huntOf)
    {
        var places = new HashSet<(string Scope, string Player)>();
        foreach (var claim in claims)
        {
            places.Add((Slots.InHunt(huntOf(claim.TreasureId)), claim.PlayerId));
            places.Add((Slots.InTreasure(claim.TreasureId), claim.PlayerId));
            places.Add((Slots.OfRefusals(claim.TreasureId), claim.PlayerId));
            // Wrong proofs matter only to those who give one.
            if (claim.Proof is not null)
            {
                places.Add((Slots.OfProofs(claim.TreasureId), claim.PlayerId));
            }
        }

        // A player may hold a million places: they are counted here.
        return Ask(
            $"select s.scope, s.player_id, s.treasure_id, count(*)::int, max(s.n) {From(schema)} group by s.scope, s.player_id, s.treasure_id",
            places);
    }

    /// <summary>Reads the answer to <see cref="Query"/>.</summary>
    /// <returns>Where numbers below the highest are free: <see cref="ReadGaps"/> reads which. Only revocations make such gaps.</returns>
    public static async Task<List<(string Scope, string Player)>> Read(NpgsqlDataReader reader, Slots slots, CancellationToken cancellation)
    {
        var highest = new Dictionary<(string Scope, string Player), int>();
        while (await reader.ReadAsync(cancellation))
        {
            var (scope, player) = (reader.GetString(0), reader.GetString(1));
            slots.Add(scope, player, reader.GetString(2), reader.GetInt32(3));
            highest[(scope, player)] = Math.Max(highest.GetValueOrDefault((scope, player)), reader.GetInt32(4));
        }

        return [.. highest.Where(place => place.Value > slots.CountIn(place.Key.Scope, place.Key.Player)).Select(place => place.Key)];
    }

    /// <summary>Reads which numbers below the highest are free, lowest first.</summary>
    public static async Task ReadGaps(
        NpgsqlConnection connection, string schema, List<(string Scope, string Player)> places, Slots slots, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Ask(
                    $"""
                     select scope, player_id, previous + 1, n - 1
                     from (select s.scope, s.player_id, s.n, lag(s.n, 1, 0) over (partition by s.scope, s.player_id order by s.n) as previous {From(schema)}) held
                     where n > previous + 1 order by scope, player_id, n
                     """,
                    places),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            slots.AddGap(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3));
        }
    }

    private static string From(string schema) =>
        $"from unnest($1, $2) as asked(scope, player_id) join {schema}.slots s on s.scope = asked.scope and s.player_id = asked.player_id";

    private static NpgsqlBatchCommand Ask(string sql, IReadOnlyCollection<(string Scope, string Player)> places) => new(sql)
    {
        Parameters =
        {
            new() { Value = places.Select(place => place.Scope).ToArray() },
            new() { Value = places.Select(place => place.Player).ToArray() },
        },
    };
}
