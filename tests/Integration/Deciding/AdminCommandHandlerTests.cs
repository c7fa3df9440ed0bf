using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Deciding.OpenHuntFixture;

namespace TreasureHunt.Integration.Deciding;

/// <summary>Admin commands, repeated and at once.</summary>
public sealed class AdminCommandHandlerTests(WorkerFixture office) : IClassFixture<WorkerFixture>
{
    [Fact]
    public async Task A_repeated_command_gets_the_sequence_of_its_first_answer()
    {
        var draft = new DraftHunt(Ids.Fresh(), At(0), "repeated", "Autumn sale", At(0), At(60), null);

        var first = await office.One.Handle(draft);
        await office.One.Handle(new ChangeHunt(Ids.Fresh(), At(0), "repeated", HuntChange.Open));
        var again = await office.Two.Handle(draft);

        Assert.Equal(first, again);
        var fact = Assert.Single(await office.Log.OfId(draft.CommandId));
        Assert.Equal((fact.Sequence, (string?)null), (first.Sequence, first.Problem));
    }

    [Fact]
    public async Task Who_gave_a_command_is_recorded_and_one_that_names_nobody_came_over_the_bus()
    {
        var treasureId = await office.Treasure(await office.Hunt());
        var (named, unnamed, forged) = (new RestockTreasure(
            Ids.Fresh(), At(1), treasureId, 1)
        { By = new Actor("erika", "t-1", "203.0.113.7", Actor.Http) },
            new RestockTreasure(Ids.Fresh(), At(1), treasureId, 1),
            new RestockTreasure(Ids.Fresh(), At(1), treasureId, 1) { By = new Actor(new string('x', 10_000), null, null, "elsewhere") });
        foreach (var command in (RestockTreasure[])[named, unnamed, forged])
        {
            await office.One.Handle(treasureId, command);
        }

        Assert.Equal(("erika", "http"), await ActorOf(named));
        Assert.Equal(("nobody", "bus"), await ActorOf(unnamed));
        Assert.Equal(("nobody", "bus"), await ActorOf(forged));

        async Task<(string, string)> ActorOf(IAdminCommand command) => (await Field(command, "subject"), await Field(command, "source"));

        Task<string> Field(IAdminCommand command, string name) =>
            office.Log.Value<string>(
                $"select coalesce(headers->'by'->>'{name}', 'nobody') from {office.Schema}.mt_events where id = '{command.CommandId}'");
    }

    [Fact]
    public async Task A_command_repeated_at_the_same_moment_is_recorded_once()
    {
        var treasureId = await office.Treasure(await office.Hunt());
        var restock = new RestockTreasure(Ids.Fresh(), At(1), treasureId, 7);

        var answers = await AtOnce(() => office.One.Handle(treasureId, restock), () => office.Two.Handle(treasureId, restock));

        var fact = Assert.Single(await office.Log.OfId(restock.CommandId));
        Assert.All(answers, answer => Assert.Equal(new CommandResponse(treasureId, fact.Sequence), answer));
    }

    [Fact]
    public async Task Two_commands_at_once_are_both_carried_out()
    {
        var treasureId = await office.Treasure(await office.Hunt());

        var answers = await AtOnce(
            () => office.One.Handle(treasureId, new RestockTreasure(Ids.Fresh(), At(1), treasureId, 1)),
            () => office.Two.Handle(treasureId, new RestockTreasure(Ids.Fresh(), At(1), treasureId, 2)));

        Assert.All(answers, answer => Assert.Null(answer.Problem));
        Assert.Equal(
            3, (await office.Log.OfTreasure(treasureId)).Select(fact => fact.Data).OfType<TreasureRestocked>().Sum(
                restocked => restocked.Units));
    }

    [Fact]
    public async Task A_revoked_unit_comes_back_once_and_can_be_won_again()
    {
        var treasureId = await office.Treasure(await office.Hunt(playerLimit: 1));
        var award = (await office.One.Decide(Claim(treasureId, "alice")))[0];

        var first = await office.One.Handle(treasureId, Revoke(treasureId, award));
        var second = await office.Two.Handle(treasureId, Revoke(treasureId, award));
        var outcomes = await office.Two.Decide(Claim(treasureId, "alice", "again"), Claim(treasureId, "bob"));

        Assert.Equal((null, ProblemNames.NotAllowedNow), (first.Problem, second.Problem));
        Assert.Equal([Outcomes.Won, Reasons.TreasureExhausted], outcomes.Select(outcome => outcome.Outcome()));
        Assert.Equal([1L, 2L, 3L], (await office.Log.OfTreasure(treasureId)).Decisions().Select(decision => decision.Position));
    }

    [Fact]
    public async Task Of_two_revocations_at_once_one_finds_nothing_left_to_revoke()
    {
        var treasureId = await office.Treasure(await office.Hunt());
        var award = (await office.One.Decide(Claim(treasureId, "alice")))[0];

        var answers = await AtOnce(
            () => office.One.Handle(treasureId, Revoke(treasureId, award)),
            () => office.Two.Handle(treasureId, Revoke(treasureId, award)));

        Assert.Equal([null, ProblemNames.NotAllowedNow], answers.Select(answer => answer.Problem).Order());
        Assert.Single((await office.Log.OfTreasure(treasureId)).Select(fact => fact.Data).OfType<AwardRevoked>());
    }

    [Fact]
    public async Task A_refused_claim_and_the_award_of_another_treasure_cannot_be_revoked()
    {
        var huntId = await office.Hunt();
        var (goose, swan) = (await office.Treasure(huntId), await office.Treasure(huntId));
        var outcomes = await office.One.Decide(Claim(goose, "alice"), Claim(goose, "bob"));

        Assert.Equal(ProblemNames.NotAllowedNow, (await office.One.Handle(goose, Revoke(goose, outcomes[1]))).Problem);
        Assert.Equal(ProblemNames.NotAllowedNow, (await office.One.Handle(swan, Revoke(swan, outcomes[0]))).Problem);
    }

    private static RevokeAward Revoke(string treasureId, IClaimEvent award) =>
        new(Ids.Fresh(), At(2), treasureId, award.ClaimId, "Sent back");

    private async Task<CommandResponse[]> AtOnce(params Func<Task<CommandResponse>>[] desks)
    {
        Task<CommandResponse[]> carrying;
        await using (var hold = await office.Log.Hold("mt_events"))
        {
            carrying = Task.WhenAll(desks.Select(desk => desk()));
            await hold.Waiting(desks.Length);
        }

        return await carrying;
    }
}
