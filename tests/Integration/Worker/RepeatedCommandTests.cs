using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>Repeated and concurrent admin commands.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class RepeatedCommandTests(WorkerFixture workers)
{
    [Fact]
    public async Task A_repeated_command_returns_the_sequence_of_its_first_response()
    {
        var draft = new DraftHunt(Ids.Fresh(), AtMinute(0), "repeated", "Autumn sale", AtMinute(0), AtMinute(60), null);

        var first = await workers.First.Handle(draft);
        await workers.First.Handle(new ChangeHunt(Ids.Fresh(), AtMinute(0), "repeated", HuntChange.Open));
        var again = await workers.Second.Handle(draft);

        Assert.Equal(first, again);
        var stored = Assert.Single(await workers.EventStore.OfId(draft.CommandId));
        Assert.Equal((stored.Sequence, (string?)null), (first.Sequence, first.Problem));
    }

    [Fact]
    public async Task Concurrent_repetitions_of_a_command_are_recorded_once()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());
        var restock = new RestockTreasure(Ids.Fresh(), AtMinute(1), treasureId, 7);

        var answers =
            await workers.RunConcurrently(
                "mt_events", () => workers.First.Handle(treasureId, restock), () => workers.Second.Handle(treasureId, restock));

        var stored = Assert.Single(await workers.EventStore.OfId(restock.CommandId));
        Assert.All(answers, answer => Assert.Equal(new CommandResponse(treasureId, stored.Sequence), answer));
    }

    [Fact]
    public async Task Two_concurrent_commands_are_both_recorded()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());

        var answers = await workers.RunConcurrently("mt_events",
            () => workers.First.Handle(treasureId, new RestockTreasure(Ids.Fresh(), AtMinute(1), treasureId, 1)),
            () => workers.Second.Handle(treasureId, new RestockTreasure(Ids.Fresh(), AtMinute(1), treasureId, 2)));

        Assert.All(answers, answer => Assert.Null(answer.Problem));
        Assert.Equal(
            3, (await workers.EventStore.OfTreasure(treasureId)).Select(stored => stored.Data).OfType<TreasureRestocked>().Sum(
                restocked => restocked.Units));
    }
}
