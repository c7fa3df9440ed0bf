using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Projections.BlueGreen;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>A replay whose last step failed.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class ReplayResumeTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task A_repair_that_recorded_its_generation_and_could_not_publish_it_ends_when_it_is_tried_again()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 5);
        await Engine.ClaimByTenPlayers(treasureId, "key");
        await Engine.AssertCleanAudit(huntId);
        var admin = Engine.Admin("projections-1");
        var (live, _) = await admin.ReadGenerations(ReadModelNames.Leaderboard);

        var repair = new ReplayReport(
            Ids.Fresh(), ReadModelNames.Leaderboard, ReplayKinds.Repair, live + 1, TimeProvider.System.GetUtcNow(), "building");
        await Engine.EventStore.Execute(
            $"""
             with recorded as (update {Engine.Schema}.generations set live = {repair.Generation} where read_model = '{repair.ReadModel}')
             insert into {Engine.Schema}.replays (id, read_model, generation, kind, running, requested_at, report)
             values ('{repair.Id}', '{repair.ReadModel}', {repair.Generation}, '{repair.Kind}', true, now(),
               '{JsonSerializer.Serialize(repair, JsonSerializerOptions.Web)}')
             """);

        Assert.Equal("done", (await admin.WaitForReplay(repair.Id.ToString())).TextOf("state"));
        // The new generation is fed, and readers see it.
        await Engine.AssertCleanAudit((await OpenHuntWithTreasure(stock: 1)).HuntId);
        await Engine.AssertCleanAudit(huntId);
        Assert.Equal(repair.Generation, (await admin.ReadGenerations(ReadModelNames.Leaderboard)).Live);
    }
}
