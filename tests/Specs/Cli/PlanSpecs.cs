using TreasureHunt.Cli.Demo;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class PlanSpecs
{
    private static readonly PlanSize Size = new(Players: 1_000, Claims: 10_000, Treasures: 50, Seed: 1);
    private static readonly Plan Sale = Planner.Make(Size);

    [Fact]
    public void The_same_seed_sends_the_same_claims()
    {
        var again = Planner.Make(Size);

        Assert.Equal(Sale.Storm, again.Storm);
        Assert.Equal(Sale.Latecomers, again.Latecomers);
        Assert.Equal(Sale.Treasures.Select(treasure => treasure.Stock), again.Treasures.Select(treasure => treasure.Stock));
    }

    [Fact]
    public void The_same_seed_sends_the_same_claims_in_every_version() =>
        Assert.Equal(
            [("player-00170", "hidden-goose", "1-0"), ("player-00396", "hidden-key", "1-1"), ("player-00086", "crystal-lantern", "1-2")],
            Sale.Storm.Take(3).Select(claim => (Sale.Players[claim.Player], Sale.Treasures[claim.Treasure].Slug, claim.Key)));

    [Fact]
    public void Another_seed_sends_others() => Assert.NotEqual(Sale.Storm, Planner.Make(Size with { Seed = 2 }).Storm);

    [Fact]
    public void It_sends_as_many_claims_as_were_asked_for() => Assert.Equal(Size.Claims, Sale.Storm.Count + Sale.Latecomers.Count);

    [Fact]
    public void Every_name_is_one_that_the_engine_takes()
    {
        Assert.All(Sale.Players, player => Assert.True(IdentifierRules.IsPlayer(player)));
        Assert.All(
            Sale.Treasures, treasure => Assert.True(IdentifierRules.IsSlug(treasure.Slug) && IdentifierRules.IsProof(treasure.Proof)));
        Assert.All(Sale.Storm, claim => Assert.True(IdentifierRules.IsKey(claim.Key) && IdentifierRules.IsProof(claim.Proof)));
        Assert.Distinct(Sale.Treasures.Select(treasure => treasure.Slug));
    }

    [Fact]
    public void The_crowd_wants_some_treasures_much_more_than_others()
    {
        var demand = Sale.Storm.CountBy(claim => claim.Treasure).Select(pair => pair.Value).Order().ToList();

        Assert.True(demand[^1] > 10 * demand[0], $"{demand[^1]} and {demand[0]}");
    }

    [Fact]
    public void Some_claims_come_again_with_their_key_at_once_or_later()
    {
        var distances = Sale.Storm.Index()
            .GroupBy(sent => (sent.Item.Player, sent.Item.Treasure, sent.Item.Key), sent => sent.Index)
            .SelectMany(group => group.Zip(group.Skip(1), (first, second) => second - first))
            .ToList();

        Assert.InRange(distances.Count, Size.Claims * 0.02, Size.Claims * 0.04);
        Assert.True(distances.Count(distance => distance <= 200) > 100);
        Assert.True(distances.Count(distance => distance > 1_000) > 100);
    }

    [Fact]
    public void A_retry_brings_the_proof_that_its_first_send_brought() =>
        Assert.All(
            Sale.Storm.GroupBy(claim => (claim.Player, claim.Treasure, claim.Key)),
            group => Assert.Single(group.Select(claim => claim.Proof).Distinct()));

    [Fact]
    public void Some_players_try_again_under_a_new_key() =>
        Assert.True(Sale.Storm
            .DistinctBy(claim => (claim.Player, claim.Treasure, claim.Key))
            .CountBy(claim => (claim.Player, claim.Treasure))
            .Count(pair => pair.Value > 1) > 200);

    [Fact]
    public void Some_proofs_are_wrong_some_are_missing_and_most_are_right()
    {
        var proofs = Sale.Storm
            .Select(claim => (Brought: claim.Proof, Right: Sale.Treasures[claim.Treasure].Proof))
            .Where(proof => proof.Right is not null)
            .ToList();

        Assert.InRange(proofs.Count(proof => proof.Brought is null), proofs.Count * 0.03, proofs.Count * 0.07);
        Assert.InRange(
            proofs.Count(proof => proof.Brought is not null && proof.Brought != proof.Right), proofs.Count * 0.07, proofs.Count * 0.13);
    }

    [Fact]
    public void Some_players_guess_until_the_engine_stops_listening() =>
        Assert.Contains(
            Sale.Storm.Where(claim => claim.Proof?.StartsWith("guess", StringComparison.Ordinal) is true).CountBy(
                claim => (claim.Player, claim.Treasure)),
            pair => pair.Value > 10);

    [Theory]
    [InlineData(5_000, 50_000, 50, 1)]
    [InlineData(5_000, 50_000, 50, 77)]
    [InlineData(1_000, 10_000, 50, 1)]
    public void Most_claims_must_be_decided_although_many_treasures_sell_out(int players, int claims, int treasures, int seed)
    {
        var plan = Planner.Make(new PlanSize(players, claims, treasures, seed));
        var sale = AllKnowingDoor.Play(plan);

        Assert.True(sale.Decided >= 0.7 * claims, $"{sale.Decided} of {claims} claims get past a door that knows everything at once");
        Assert.InRange(sale.SoldOut, treasures * 0.5, treasures * 0.9);
    }

    [Fact]
    public void Players_who_have_all_they_may_have_are_still_decided() =>
        Assert.True(
            AllKnowingDoor.Play(Planner.Make(new PlanSize(Players: 100, Claims: 20_000, Treasures: 5, Seed: 3))).Decided >= 0.7 * 20_000);

    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(3, 10, 250)]
    public void A_tiny_sale_is_a_sale_too(int players, int claims, int treasures)
    {
        var plan = Planner.Make(new PlanSize(players, claims, treasures, Seed: 1));

        Assert.Equal(claims, plan.Storm.Count + plan.Latecomers.Count);
        Assert.All(plan.Treasures, treasure => Assert.True(treasure.Stock >= 1));
        Assert.Distinct(plan.Treasures.Select(treasure => treasure.Slug));
    }

    [Fact]
    public void Backstage_every_quiet_claim_can_win()
    {
        var backstage = WarmUpHunt.Make(warmUp: 2_000, quiet: 250);

        Assert.Equal((2_000, 250), (backstage.WarmUp.Count, backstage.Quiet.Count));
        Assert.Distinct(backstage.Quiet.Select(claim => claim.Player));
        Assert.All(backstage.Quiet, claim => Assert.True(backstage.Plan.Treasures[claim.Treasure].Stock > 250));
        Assert.DoesNotContain(backstage.Quiet[0].Player, backstage.WarmUp.Select(claim => claim.Player));
    }
}
