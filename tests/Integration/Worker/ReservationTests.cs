using Npgsql;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.EventStore.Claims;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>The reservations of units for players.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class ReservationTests(WorkerFixture workers)
{
    [Fact]
    public async Task Reservation_numbers_freed_by_revocations_are_reused_first()
    {
        var huntId = await workers.OpenHunt(playerLimit: 4);
        var treasureId = await workers.HideTreasure(huntId, stock: 10, perPlayer: 10);
        var claims = Enumerable.Range(0, 9).Select(n => Claim(treasureId, "alice", $"key-{n}")).ToArray();
        await workers.First.Decide(claims[..4]);
        await workers.First.Handle(treasureId, new RevokeAward(Ids.Fresh(), AtMinute(2), treasureId, claims[0].ClaimId, "returned"));
        await workers.First.Handle(treasureId, new RevokeAward(Ids.Fresh(), AtMinute(2), treasureId, claims[2].ClaimId, "returned"));

        var outcomes = await workers.Second.Decide(claims[4..7]);

        Assert.Equal([Outcomes.Won, Outcomes.Won, Reasons.PlayerLimitReached], outcomes.Select(outcome => outcome.Outcome()));
        Assert.Equal(
            "1,2,3,4",
            await workers.EventStore.Value<string>(
                $"select string_agg(n::text, ',' order by n) from {workers.Schema}.slots where scope = 'hunt-{huntId}'"));
    }

    [Fact]
    public async Task Reservations_are_read_as_a_count_and_the_highest_number_for_each_treasure()
    {
        var huntId = $"hunt-{Ids.FreshSlug()}";
        await workers.EventStore.Execute(
            $"""
             insert into {workers.Schema}.slots (scope, player_id, n, treasure_id, claim_id)
             select 'hunt-{huntId}', 'alice', n, case when n % 2 = 0 then 'goose' else 'swan' end, gen_random_uuid()
             from generate_series(1, 10000) n where n not between 40 and 60
             """);

        var rows = new List<string>();
        await using (var connection = new NpgsqlConnection(workers.ConnectionString))
        await using (var batch = new NpgsqlBatch(
            connection)
        {
            BatchCommands = { ReservationTable.CreateQuery(
                workers.Schema, [Claim("goose", "alice"), Claim("goose", "bob")], _ => huntId) }
        })
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var reader = await batch.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                rows.Add($"{reader.GetString(1)} {reader.GetString(2)} {reader.GetInt32(3)} {reader.GetInt32(4)}");
            }
        }

        // The gap from 40 to 60 has eleven even numbers and ten odd ones.
        Assert.Equal(["alice goose 4989 10000", "alice swan 4990 9999"], rows.Order(StringComparer.Ordinal));
    }
}
