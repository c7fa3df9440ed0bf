using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Analytics;

/// <summary>Pending clues of hunts that open late or never.</summary>
public sealed class ClueScheduleTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_due_clue_of_an_unopened_hunt_is_published_after_the_opening()
    {
        var (draft, open) = (await Admin.Draft(opensIn: TimeSpan.FromHours(1)), await Admin.OpenHunt());
        var (secret, witness) = (await Admin.Hide(draft), await Admin.Hide(open));
        var due = TimeProvider.System.GetUtcNow().AddSeconds(5);
        await Admin.SendCommand($"/v1/treasures/{secret}/clues", new { text = "In the old mill", revealAt = due });
        await Admin.SendCommand($"/v1/treasures/{witness}/clues", new { text = "In the new mill", revealAt = due.AddSeconds(3) });

        // Due clues are revealed in the order of their times.
        await Poll.Until("the later clue is revealed", async () => (await Revelations(witness)).Count == 1);
        Assert.Empty(await Revelations(secret));

        await Admin.ChangeStatus(draft, "open");
        await Poll.Until("the clue is revealed", async () => (await Revelations(secret)).Count == 1);
        Assert.Equal(
            0L, await Engine.EventStore.Value<long>(
                $"select count(*) from {Engine.Schema}.clues_to_come where treasure_id in ('{secret}', '{witness}')"));
    }

    [Fact]
    public async Task Pending_clues_of_a_cancelled_hunt_are_deleted()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1));
        var treasureId = await Admin.Hide(huntId);
        await Admin.SendCommand(
            $"/v1/treasures/{treasureId}/clues", new { text = "never", revealAt = TimeProvider.System.GetUtcNow().AddHours(1) });
        Assert.Equal(1L, await CountPendingClues());

        await Admin.ChangeStatus(huntId, "cancel");

        Assert.Equal(0L, await CountPendingClues());

        Task<long> CountPendingClues() =>
            Engine.EventStore.Value<long>($"select count(*) from {Engine.Schema}.clues_to_come where hunt_id = '{huntId}'");
    }

    private async Task<List<ClueRevealed>> Revelations(string treasureId) =>
        [.. (await Engine.EventStore.OfTreasure(treasureId)).Select(stored => stored.Data).OfType<ClueRevealed>()];
}
