using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Storms;

/// <summary>
/// A crowd on one treasure, and what may happen in the middle of it. The projections stand still meanwhile, so that the
/// doors never see that the stock is gone: every claim reaches a worker.
/// </summary>
[Collection(nameof(Fragile))]
public sealed class StormTests(FragileEngine fixture) : FragileTests(fixture)
{
    [Fact]
    public async Task Two_thousand_claims_on_one_unit_by_500_players_have_one_winner()
    {
        var (huntId, treasureId) = await Treasure(stock: 1);
        var storm = new PeakLoadRun(Engine, treasureId, players: 500, claimsEach: 4, keysEach: 4);

        await Unseen(storm);

        var decisions = await storm.AgreesWithTheLog(stock: 1);
        Assert.Equal(2000, decisions.Count);
        var audit = await Engine.CleanAudit(huntId);
        Assert.Equal((2000, 1), (audit.GetProperty("decided").GetInt32(), audit.GetProperty("won").GetInt32()));
        await Parallel.ForEachAsync(storm.Heard, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (told, _) =>
        {
            var read = await Engine.Player(told.PlayerId, "api-2").Get($"/v1/claims/{told.ClaimId}");
            Assert.Equal(("200", told.Outcome, (long?)told.Position), (read.Problem, read.Outcome, read.Number("position")));
        });
    }

    [Fact]
    public async Task A_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing()
    {
        var (huntId, treasureId) = await Treasure(stock: 25);
        var storm = new PeakLoadRun(Engine, treasureId, players: 200, claimsEach: 5, keysEach: 3);

        await Unseen(storm, async () =>
        {
            // Whichever of the two decides, it is gone once.
            await storm.Reaches(250);
            await Engine.Host("commands-1").Kill();
            await storm.Reaches(500);
            await Engine.Heal();
            await Engine.Host("commands-2").Kill();
        });

        await storm.AgreesWithTheLog(stock: 25);
        await Engine.CleanAudit(huntId);
    }

    [Fact]
    public async Task A_worker_told_to_stop_finishes_what_it_has_and_hands_over_the_rest()
    {
        var (huntId, treasureId) = await Treasure(stock: 25);
        var storm = new PeakLoadRun(Engine, treasureId, players: 200, claimsEach: 5, keysEach: 3);

        await Unseen(storm, async () =>
        {
            await storm.Reaches(250);
            Assert.Equal(0, await Engine.Host("commands-1").Stop());
            await storm.Reaches(500);
            await Engine.Heal();
            Assert.Equal(0, await Engine.Host("commands-2").Stop());
        });

        await storm.AgreesWithTheLog(stock: 25);
        await Engine.CleanAudit(huntId);
    }

    [Fact]
    public async Task An_Api_told_to_stop_answers_whom_it_has_let_in()
    {
        var (huntId, treasureId) = await Treasure(stock: 25);
        var storm = new PeakLoadRun(Engine, treasureId, players: 200, claimsEach: 5, keysEach: 3);

        await Unseen(storm, async () =>
        {
            await storm.Reaches(250);
            Assert.Equal(0, await Engine.Host("api-1").Stop());
        });

        await storm.AgreesWithTheLog(stock: 25);
        await Engine.CleanAudit(huntId);
    }

    [Fact]
    public async Task An_Api_killed_in_the_middle_loses_nothing_that_it_accepted()
    {
        var (huntId, treasureId) = await Treasure(stock: 25);
        var storm = new PeakLoadRun(Engine, treasureId, players: 200, claimsEach: 5, keysEach: 3);

        await Unseen(storm, async () =>
        {
            await storm.Reaches(250);
            await Engine.Host("api-2").Kill();
        });

        await storm.AgreesWithTheLog(stock: 25);
        await Engine.CleanAudit(huntId);
    }

    [Fact]
    public async Task Locks_deleted_by_hand_in_the_middle_change_nothing()
    {
        var (huntId, treasureId) = await Treasure(stock: 25);
        var storm = new PeakLoadRun(Engine, treasureId, players: 200, claimsEach: 5, keysEach: 3);
        var deleted = 0;

        await Unseen(storm, async () =>
        {
            await storm.Reaches(100);
            while (storm.Heard.Count < 900)
            {
                deleted += await RedisKeys.Delete(Servers.RedisLocks, $"*{Engine.Prefix}:lock:*");
            }
        });

        Assert.True(deleted > 0, "No lock was ever there to delete.");
        await storm.AgreesWithTheLog(stock: 25);
        await Engine.CleanAudit(huntId);
    }

    private async Task Unseen(PeakLoadRun storm, Func<Task>? meanwhile = null)
    {
        await Engine.Host("projections-1").Freeze();
        try
        {
            await Task.WhenAll(storm.Blow(), meanwhile?.Invoke() ?? Task.CompletedTask);
        }
        finally
        {
            await Engine.Host("projections-1").Thaw();
        }
    }
}
