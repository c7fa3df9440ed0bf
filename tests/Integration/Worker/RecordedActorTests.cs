using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>The recorded actor of a command.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class RecordedActorTests(WorkerFixture workers)
{
    [Fact]
    public async Task The_actor_of_a_command_is_recorded_and_a_command_without_one_has_the_source_bus()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());
        var unnamed = new RestockTreasure(Ids.Fresh(), AtMinute(1), treasureId, 1);
        var named = unnamed with { CommandId = Ids.Fresh(), By = new Actor("erika", "t-1", "203.0.113.7", Actor.Http) };
        var forged = unnamed with { CommandId = Ids.Fresh(), By = new Actor(new string('x', 10_000), null, null, "elsewhere") };
        foreach (var command in (RestockTreasure[])[named, unnamed, forged])
        {
            await workers.First.Handle(treasureId, command);
        }

        Assert.Equal(("erika", "http"), await ActorOf(named));
        Assert.Equal(("none", "bus"), await ActorOf(unnamed));
        Assert.Equal(("none", "bus"), await ActorOf(forged));

        async Task<(string, string)> ActorOf(IAdminCommand command) => (await Field(command, "subject"), await Field(command, "source"));

        Task<string> Field(IAdminCommand command, string name) =>
            workers.EventStore.Value<string>(
                $"select coalesce(headers->'by'->>'{name}', 'none') from {workers.Schema}.mt_events where id = '{command.CommandId}'");
    }
}
