using TreasureHunt.Cli.Demo;
using TreasureHunt.LoadGenerator.Planning;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>Repeated claims and proofs of a plan.</summary>
public class PlannedProofSpecs
{
    private static readonly PlanSize Size = new(Players: 1_000, Claims: 10_000, Treasures: 50, Seed: 1);
    private static readonly Plan DefaultPlan = Planner.Make(Size);

    [Fact]
    public void Some_claims_are_repeated_with_their_key_soon_or_later()
    {
        var distances = DefaultPlan.PeakClaims.Index()
            .GroupBy(sent => (sent.Item.Player, sent.Item.Treasure, sent.Item.Key), sent => sent.Index)
            .SelectMany(group => group.Zip(group.Skip(1), (first, second) => second - first))
            .ToList();

        Assert.InRange(distances.Count, Size.Claims * 0.02, Size.Claims * 0.04);
        Assert.True(distances.Count(distance => distance <= 200) > 100);
        Assert.True(distances.Count(distance => distance > 1_000) > 100);
    }

    [Fact]
    public void A_retry_has_the_proof_of_the_first_request() =>
        Assert.All(
            DefaultPlan.PeakClaims.GroupBy(claim => (claim.Player, claim.Treasure, claim.Key)),
            group => Assert.Single(group.Select(claim => claim.Proof).Distinct()));

    [Fact]
    public void Some_players_try_again_under_a_new_key() =>
        Assert.True(DefaultPlan.PeakClaims
            .DistinctBy(claim => (claim.Player, claim.Treasure, claim.Key))
            .CountBy(claim => (claim.Player, claim.Treasure))
            .Count(pair => pair.Value > 1) > 200);

    [Fact]
    public void Some_proofs_are_wrong_some_are_missing_and_most_are_right()
    {
        var proofs = DefaultPlan.PeakClaims
            .Select(claim => (Brought: claim.Proof, Right: DefaultPlan.Treasures[claim.Treasure].Proof))
            .Where(proof => proof.Right is not null)
            .ToList();

        Assert.InRange(proofs.Count(proof => proof.Brought is null), proofs.Count * 0.03, proofs.Count * 0.07);
        Assert.InRange(
            proofs.Count(proof => proof.Brought is not null && proof.Brought != proof.Right), proofs.Count * 0.07, proofs.Count * 0.13);
    }

    [Fact]
    public void Some_players_exceed_the_limit_of_wrong_proofs() =>
        Assert.Contains(
            DefaultPlan.PeakClaims.Where(claim => claim.Proof?.StartsWith("guess", StringComparison.Ordinal) is true).CountBy(
                claim => (claim.Player, claim.Treasure)),
            pair => pair.Value > 10);
}
