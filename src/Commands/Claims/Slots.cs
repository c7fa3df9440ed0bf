using System.Data.Common;
using Weasel.Storage;
using Marten.Linq.QueryHandlers;
using Npgsql;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace TreasureHunt.Commands.Claims;

/// <summary>
/// Numbered places that fence the limits of a player: one for each award that stands, in its treasure and in its hunt, and
/// one for each wrong proof. Two treasures of a hunt are decided at the same time, and neither stream knows of the other:
/// the primary key makes the second one decide again.
/// </summary>
public sealed class Slots
{
    private readonly HashSet<(string Scope, string Player, int N)> _taken = [];

    /// <summary>The table, for the schema command.</summary>
    public static Table Table(string schema)
    {
        var table = new Table(PostgresqlProvider.Instance.Parse(schema, "slots"));
        table.AddColumn<string>("scope").AsPrimaryKey();
        table.AddColumn<string>("player_id").AsPrimaryKey();
        table.AddColumn<int>("n").AsPrimaryKey();
        table.AddColumn<Guid>("claim_id").NotNull().AddIndex();
        return table;
    }

    public void Add(string scope, string player, int n) => _taken.Add((scope, player, n));

    /// <summary>How each player stands with a treasure and its hunt.</summary>
    public Dictionary<string, Standing> Standings(string treasureId, string huntId)
    {
        var counts = _taken.CountBy(slot => (slot.Scope, slot.Player)).ToDictionary();
        return _taken.Select(slot => slot.Player).Distinct().ToDictionary(player => player, player => new Standing(
            counts.GetValueOrDefault((InTreasure(treasureId), player)),
            counts.GetValueOrDefault((InHunt(huntId), player)),
            counts.GetValueOrDefault((OfProofs(treasureId), player))));
    }

    /// <summary>
    /// Takes the slots that the events need, lowest free number first. Runs before the events are appended, so that a
    /// collision (SQLSTATE 23505) burns no sequence numbers; and in one order, so that two transactions cannot deadlock.
    /// </summary>
    public async Task Take(NpgsqlConnection connection, string schema, IEnumerable<IClaimEvent> events, bool huntLimited, CancellationToken cancellation)
    {
        var rows = events.SelectMany(e => Needed(e, huntLimited)).OrderBy(row => row.Scope, StringComparer.Ordinal)
            .ThenBy(row => row.Player, StringComparer.Ordinal).ThenBy(row => row.N).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        await using var insert = new NpgsqlCommand($"insert into {schema}.slots (scope, player_id, n, claim_id) select * from unnest($1, $2, $3, $4)", connection)
        {
            Parameters =
            {
                new() { Value = rows.ConvertAll(row => row.Scope).ToArray() },
                new() { Value = rows.ConvertAll(row => row.Player).ToArray() },
                new() { Value = rows.ConvertAll(row => row.N).ToArray() },
                new() { Value = rows.ConvertAll(row => row.Claim).ToArray() },
            },
        };
        await insert.ExecuteNonQueryAsync(cancellation);
    }

    private IEnumerable<(string Scope, string Player, int N, Guid Claim)> Needed(IClaimEvent e, bool huntLimited)
    {
        switch (e)
        {
            case TreasureAwarded:
                yield return Next(InTreasure(e.TreasureId), e);
                if (huntLimited)
                {
                    yield return Next(InHunt(e.HuntId), e);
                }

                break;
            case ClaimRefused { Reason: Reasons.ProofWrong }:
                yield return Next(OfProofs(e.TreasureId), e);
                break;
        }
    }

    private (string Scope, string Player, int N, Guid Claim) Next(string scope, IClaimEvent e)
    {
        var n = 1;
        while (!_taken.Add((scope, e.PlayerId, n)))
        {
            n++;
        }

        return (scope, e.PlayerId, n, e.ClaimId);
    }

    private static string InHunt(string huntId) => $"hunt-{huntId}";

    private static string InTreasure(string treasureId) => $"treasure-{treasureId}";

    private static string OfProofs(string treasureId) => $"proof-{treasureId}";

    /// <summary>Reads the slots of some players as part of a batched read.</summary>
    public sealed class Query(string schema, string treasureId, string huntId, string[] players) : IQueryHandler<Slots>
    {
        public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
        {
            builder.Append($"select scope, player_id, n from {schema}.slots where scope = any(");
            builder.AppendParameter((object)new[] { InHunt(huntId), InTreasure(treasureId), OfProofs(treasureId) });
            builder.Append(") and player_id = any(");
            builder.AppendParameter((object)players);
            builder.Append(")");
        }

        public async Task<Slots> HandleAsync(DbDataReader reader, IStorageSession session, CancellationToken token)
        {
            var slots = new Slots();
            while (await reader.ReadAsync(token))
            {
                slots.Add(reader.GetString(0), reader.GetString(1), reader.GetInt32(2));
            }

            return slots;
        }

        public Task<int> StreamJson(Stream stream, DbDataReader reader, CancellationToken token) => throw new NotSupportedException();
    }
}
