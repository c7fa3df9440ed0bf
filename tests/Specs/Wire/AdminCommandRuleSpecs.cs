using System.Text;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;
using Xunit;
using static TreasureHunt.Contracts.Commands.AdminCommandRules;

namespace TreasureHunt.Specs.Wire;

/// <summary>The validation of admin commands in the worker, for every sender.</summary>
public class AdminCommandRuleSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Ids.ForCommand("erika", "goose", "1");
    private static readonly Clue River = new("Where the river bends", Now);

    private static readonly DraftHunt Draft = new(Id, Now, "sale", "Autumn sale", Now, Now.AddHours(2), 3);
    private static readonly HideTreasure Hide = new(
        Id, Now, "goose", "sale", "Golden goose", 5, 1, Proofs.Hash("under the bridge", Id), [River]);
    private static readonly AddClue Clue = new(Id, Now, "goose", River);
    private static readonly RestockTreasure Restock = new(Id, Now, "goose", 1);
    private static readonly RevokeAward Revoke = new(Id, Now, "goose", Id, "returned");

    [Fact]
    public void Commands_of_the_Api_are_well_formed() => Assert.All(
        (IAdminCommand[])[
            Draft, Draft with { PlayerLimit = null }, Draft with { AnnounceAt = Now.AddHours(-1) }, Draft with { AnnounceAt = Now },
            new ChangeHunt(Id, Now, "sale", HuntChange.Open), Hide, Hide with { Proof = null, Clues = [] }, Clue, Restock,
            new WithdrawTreasure(Id, Now, "goose"), Revoke],
        command => Assert.Null(ProblemOf(command, Now)));

    public static TheoryData<string, IAdminCommand> Malformed() => new()
    {
        { "no command id", Draft with { CommandId = Guid.Empty } },
        { "no time", Draft with { At = default } },
        { "a time in the future", Draft with { At = Now.AddMinutes(5) } },
        { "no hunt", Draft with { HuntId = null! } },
        { "a name with U+0000", Draft with { Name = "Autumn\0sale" } },
        { "a blank name", Draft with { Name = "  " } },
        { "a name of 201 characters", Draft with { Name = new string('a', 201) } },
        { "a window that ends before it begins", Draft with { ClosesAt = Now.AddHours(-1) } },
        { "a window that is not in UTC", Draft with { OpensAt = Now.ToOffset(TimeSpan.FromHours(1)) } },
        { "an announcement that is not in UTC", Draft with { AnnounceAt = Now.AddHours(-1).ToOffset(TimeSpan.FromHours(1)) } },
        { "an announcement after the opening", Draft with { AnnounceAt = Now.AddTicks(1) } },
        { "a limit of zero", Draft with { PlayerLimit = 0 } },
        { "a step that does not exist", new ChangeHunt(Id, Now, "sale", (HuntChange)99) },
        { "a step of a hunt with an invalid id", new ChangeHunt(Id, Now, "Sale", HuntChange.Open) },
        { "a treasure of 65 characters", Hide with { TreasureId = new string('a', 65) } },
        { "a negative stock", Hide with { Stock = -1 } },
        { "a stock beyond the limit", Hide with { Stock = MaxStock + 1 } },
        { "a limit of zero units for each player", Hide with { PerPlayer = 0 } },
        { "a proof with a salt that is not Base64", Hide with { Proof = new ProofHash("?", Proofs.Hash("a", Id).Hash) } },
        { "a proof of another length", Hide with { Proof = new ProofHash("AAAA", "AAAA") } },
        { "no list of clues", Hide with { Clues = null! } },
        { "101 clues", Hide with { Clues = [.. Enumerable.Repeat(River, 101)] } },
        { "a null in the list of clues", Hide with { Clues = [null!] } },
        { "a clue without text", Clue with { Clue = new Clue(null!, Now) } },
        { "a clue of 1,001 characters", Clue with { Clue = new Clue(new string('a', 1_001), Now) } },
        { "no clue", Clue with { Clue = null! } },
        { "no units", Restock with { Units = 0 } },
        { "a negative number of units", Restock with { Units = -5 } },
        { "units beyond the limit", Restock with { Units = MaxUnits + 1 } },
        { "a withdrawal without a treasure", new WithdrawTreasure(Id, Now, "") },
        { "a revocation without a claim", Revoke with { ClaimId = Guid.Empty } },
        { "a revocation without a reason", Revoke with { Because = "" } },
        { "a reason of 501 characters", Revoke with { Because = new string('a', 501) } },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_command_is_detected(string description, IAdminCommand command) =>
        Assert.True(ProblemOf(command, Now) is { Length: > 0 }, description);

    [Theory]
    [InlineData("'")]
    [InlineData("ж")]
    [InlineData("🦢")]
    public void A_treasure_with_the_maximum_number_of_clues_fits_into_Memcached(string character)
    {
        string Of(int length) => new StringBuilder().Insert(0, character, length / character.Length).ToString();
        var view = new TreasureView(
            Of(IdentifierRules.MaxId), Of(IdentifierRules.MaxId), Of(MaxName), MaxStock, MaxStock, MaxAwards, true, true,
            [.. Enumerable.Range(0, MaxClues).Select(_ => new Clue(Of(MaxClueText), Now.AddTicks(1)))]);

        Assert.InRange(VersionedJson.Of(long.MaxValue, view).ToBytes().Length, 1, 700_000);
    }
}
