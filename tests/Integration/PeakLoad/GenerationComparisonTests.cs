using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.PeakLoad;

/// <summary>A new generation is compared with the live one.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class GenerationComparisonTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    // A busy machine also causes this state for a moment.
    [Fact]
    public async Task A_new_generation_is_compared_after_the_live_one_has_caught_up()
    {
        var replay = await ReplayAheadOfLiveGeneration(dryRun: true, (_, _) => Task.CompletedTask);

        Assert.Equal(("done", 0), (replay.TextOf("state"), replay.NumberOf("differences")));
        Assert.True(replay.NumberOf("compared") > 0);
    }

    [Fact]
    public async Task A_new_generation_is_not_compared_with_a_live_one_that_lost_keys()
    {
        var replay = await ReplayAheadOfLiveGeneration(dryRun: true, (live, _) => DeleteKeys(live));

        Assert.Equal(("done", 0, 0), (replay.TextOf("state"), replay.NumberOf("differences"), replay.NumberOf("compared")));
        await Engine.AssertCleanAudit(await Engine.Admin().Draft());
    }

    [Fact]
    public async Task A_new_generation_that_lost_keys_is_rebuilt_before_it_becomes_live()
    {
        var replay = await ReplayAheadOfLiveGeneration(dryRun: false, (_, built) => DeleteKeys(built));

        Assert.Equal(("done", 0), (replay.TextOf("state"), replay.NumberOf("differences")));
        await Engine.AssertCleanAudit(await Engine.Admin().Draft());
        // A repair would have created another generation.
        Assert.Equal(replay.NumberOf("generation"), await LiveHunts());
    }

    /// <summary>
    /// Replays the hunts while the live generation is stopped behind, runs an action, and waits for the end of the replay.
    /// </summary>
    /// <param name="action">The action; it gets the live and the new generation.</param>
    private async Task<ApiResponse> ReplayAheadOfLiveGeneration(bool dryRun, Func<int, int, Task> action)
    {
        var admin = Engine.Admin("projections-1");
        ApiResponse requested;
        await using (var hold = await Engine.EventStore.HoldProgress("redis:All"))
        {
            // The first event still reaches the readers.
            await Engine.Admin().Draft();
            await hold.UntilWaiting(1);
            await Engine.Admin().Draft();
            var head = await Engine.EventStore.Value<long>($"select max(seq_id) from {Engine.Schema}.mt_events");
            // A replay ends at this mark; requested earlier, it would end before the last event.
            await Poll.Until("the high-water mark is at the head", () =>
                Engine.EventStore.Value<bool>(
                    $"""
                     select exists (
                       select from {Engine.Schema}.mt_event_progression where name = 'HighWaterMark' and last_seq_id >= {head})
                     """));
            requested = await admin.RequestReplay(new { readModel = "hunts", dryRun });
            await Poll.Until("the new generation is ahead of the live one", async () =>
                await admin.Get($"/admin/replays/{requested.Id}") is var replay && replay.Sequence >= head
                    && replay.NumberOf("compared") > 0);
            await action(await LiveHunts(), (int)requested.NumberOf("generation")!.Value);
        }

        return await admin.WaitForReplay(requested.Id);
    }

    private Task<int> LiveHunts() => Engine.LiveGeneration("hunts");

    private async Task DeleteKeys(int generation) =>
        Assert.NotEqual(0, await RedisKeys.Delete(Servers.RedisReadModels, $"{Engine.Prefix}:hunts:{generation}:*"));
}
