using TreasureHunt.Commands.Admin;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Admin;

/// <summary>A repeated command gets its first response. Another command with the same id is refused.</summary>
public class RepeatedCommandSpecs
{
    private static readonly Guid Id = Ids.ForCommand("admin", "goose", "1");
    private static readonly Guid ClaimId = Ids.ForClaim("alice", "goose", "1");
    private static readonly ProofHash Proof = Proofs.Hash("oak", Id);
    private static readonly Clue River = new("By the river", At("18:05"));

    private static readonly (IAdminCommand Command, object Event, IAdminCommand[] Others)[] Cases =
    [
        (Draft("sale"), new HuntDrafted("sale", At("12:00"), "Sale", At("18:00"), At("20:00"), 3),
            [Draft("other"), Draft("sale") with { Name = "Other" }, Draft("sale") with { OpensAt = At("18:01") }, Draft(
                "sale") with { ClosesAt = At("20:01") }, Draft("sale") with { PlayerLimit = null },
                Draft("sale") with { AnnounceAt = At("15:00") }]),
        (new ChangeHunt(Id, At("12:00"), "sale", HuntChange.Open), new HuntOpened("sale", At("12:00")),
            [new ChangeHunt(Id, At("12:00"), "sale", HuntChange.Pause), new ChangeHunt(Id, At("12:00"), "other", HuntChange.Open)]),
        (Hide(River), new TreasureHidden("goose", "sale", At("12:00"), "Goose", 5, 2, Proof, [River]),
            [Hide(River) with { TreasureId = "swan" }, Hide(River) with { HuntId = "other" }, Hide(River) with { Name = "Swan" }, Hide(
                River) with { Stock = 6 }, Hide(River) with { PerPlayer = 1 },
             Hide(River) with { Proof = null }, Hide(River) with { Proof = Proofs.Hash("elm", Id) }, Hide(), Hide(River, River),
             Hide(River with { Text = "By the bridge" }), Hide(River with { RevealAt = At("18:06") })]),
        (new AddClue(Id, At("12:00"), "goose", River), new ClueAdded("goose", At("12:00"), River),
            [new AddClue(Id, At("12:00"), "goose", River with { Text = "By the bridge" }), new AddClue(Id, At("12:00"), "swan", River)]),
        (new RevealClue(Id, At("18:05:01"), "goose"), new ClueRevealed("goose", At("18:05:01"), River), [
            new RevealClue(Id, At("18:05:01"), "swan")]),
        (new RestockTreasure(Id, At("12:00"), "goose", 5), new TreasureRestocked("goose", At("12:00"), 5),
            [new RestockTreasure(Id, At("12:00"), "goose", 50), new RestockTreasure(Id, At("12:00"), "swan", 5)]),
        (new WithdrawTreasure(Id, At("12:00"), "goose"), new TreasureWithdrawn("goose", At("12:00")), [
            new WithdrawTreasure(Id, At("12:00"), "swan")]),
        (new RevokeAward(Id, At("12:00"), "goose", ClaimId, "returned"), new AwardRevoked(
            "goose", "sale", At("12:00"), ClaimId, "alice", "returned"),
            [new RevokeAward(Id, At("12:00"), "goose", Id, "returned"), new RevokeAward(
                Id, At("12:00"), "goose", ClaimId, "fraud"), new RevokeAward(Id, At("12:00"), "swan", ClaimId, "returned")]),
    ];

    public static TheoryData<int, string> Commands => new(Cases.Select((one, n) => (n, one.Command.GetType().Name)));

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_same_payload_gets_the_first_response(int n, string name)
    {
        Assert.Equal(name, Cases[n].Command.GetType().Name);
        Assert.Equal(new CommandResponse("goose", 42), RepeatedCommand.CreateResponse("goose", Cases[n].Command, Cases[n].Event, 42));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Another_payload_is_refused(int n, string name) => Assert.All(Cases[n].Others, other =>
    {
        var response = RepeatedCommand.CreateResponse("goose", other, Cases[n].Event, 42);
        Assert.Equal((name, 0L, ProblemNames.IdempotencyKeyReused), (other.GetType().Name, response.Sequence, response.Problem));
    });

    [Fact]
    public void Another_command_under_the_same_id_is_refused() => Assert.All(
        Cases, one => Assert.All(Cases.Where(other => other != one), other =>
        Assert.False(RepeatedCommand.HasPayloadOf(one.Command, other.Event))));

    [Fact]
    public void A_later_request_gets_a_response_marked_as_replayed() => Assert.Equal(
        new CommandResponse("goose", 42, Replayed: true),
        RepeatedCommand.CreateResponse(
            "goose", new RestockTreasure(Id, At("12:01"), "goose", 5), new TreasureRestocked("goose", At("12:00"), 5), 42));

    [Fact]
    public void Every_command_type_has_a_case() => Assert.Equal(
        typeof(IAdminCommand).Assembly.GetTypes().Concat(typeof(RevealClue).Assembly.GetTypes()).Where(
            type => type.IsClass && type.IsAssignableTo(typeof(IAdminCommand))).ToHashSet(),
        Cases.Select(one => one.Command.GetType()).ToHashSet());

    private static DraftHunt Draft(string huntId) => new(Id, At("12:00"), huntId, "Sale", At("18:00"), At("20:00"), 3);

    private static HideTreasure Hide(params Clue[] clues) => new(Id, At("12:00"), "goose", "sale", "Goose", 5, 2, Proof, clues);
}
