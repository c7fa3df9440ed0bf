using CsCheck;
using TreasureHunt.Contracts.Commands;
using Xunit;
using static TreasureHunt.Specs.Claims.DecidedHunts;

namespace TreasureHunt.Specs.Claims;

/// <summary>Batches, redeliveries and reordered deliveries.</summary>
public class ClaimDeliveryProperties
{
    private static readonly Gen<int[]> Sizes = Gen.Int[1, 9].Array[1, 8];

    [Fact]
    public void The_batch_size_does_not_change_the_events_of_claims_in_the_order_of_their_receipt() =>
        Gen.Select(RandomHunts.Histories, RandomHunts.Claims.Select(InOrderOfReceipt), Sizes).Sample((hunt, claims, sizes) =>
            Assert.Equal(
                EventsByStream(Decide(hunt, claims.Chunk(1))), EventsByStream(Decide(hunt, RandomHunts.InBatches(claims, sizes)))));

    [Fact]
    public void Redelivered_batches_change_nothing() =>
        Gen.Select(RandomHunts.Histories, RandomHunts.Claims, Sizes, Gen.Int[0, 1000].Array[1, 8]).Sample((hunt, claims, sizes, repeats) =>
        {
            var batches = RandomHunts.InBatches(claims, sizes).ToList();
            var again = batches.SelectMany((batch, n) => new[] { batch, batches[repeats[n % repeats.Length] % (n + 1)] });

            Assert.Equal(EventsByStream(Decide(hunt, batches)), EventsByStream(Decide(hunt, again)));
        });

    [Fact]
    public void The_order_of_delivery_does_not_change_the_events_of_a_batch() =>
        Gen.Select(RandomHunts.Histories, RandomHunts.Claims.SelectMany(claims => Gen.Shuffle(DistinctTimes(claims)))).Sample(
            (hunt, claims) => Assert.Equal(
                EventsByStream(Decide(hunt, [InOrderOfReceipt(claims)])), EventsByStream(Decide(hunt, [claims]))));

    [Fact]
    public void Reordered_claims_break_no_invariant() =>
        Gen.Select(RandomHunts.Histories, RandomHunts.Claims.SelectMany(claims => Gen.Shuffle(claims)), Sizes).Sample(
            (hunt, claims, sizes) =>
            LedgerInvariants.Audit(Decide(hunt, RandomHunts.InBatches(claims, sizes)).Entries).HasDecided(
                claims.Select(claim => claim.ClaimId)));

    private static AcceptedClaim[] InOrderOfReceipt(AcceptedClaim[] claims) => [.. claims.OrderBy(claim => claim.AcceptedAt)];

    private static AcceptedClaim[] DistinctTimes(AcceptedClaim[] claims) =>
        [.. claims.Select((claim, n) => claim with { AcceptedAt = claim.AcceptedAt.AddTicks(n) })];
}
