using CsCheck;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Claims.DecidedHunts;

namespace TreasureHunt.Specs.Claims;

/// <summary>Properties of decided claims for random hunts, claims and batches.</summary>
public class ClaimProperties
{
    private static readonly Gen<int[]> Sizes = Gen.Int[1, 9].Array[1, 8];

    [Fact]
    public void Stock_limits_and_outcomes_hold_after_every_event() =>
        Gen.Select(RandomHunts.Histories, RandomHunts.Claims, Sizes).Sample((hunt, claims, sizes) =>
        {
            var ledger = Decide(hunt, RandomHunts.InBatches(claims, sizes));

            var invariants = LedgerInvariants.Audit(ledger.Entries);
            invariants.HasDecided(claims.Select(claim => claim.ClaimId));
            invariants.HasDensePlaces();
        });

    [Fact]
    public void No_claim_is_refused_as_exhausted_while_a_unit_remains() =>
        Gen.Select(RandomHunts.Histories, RandomHunts.Claims, Sizes).Sample((hunt, claims, sizes) =>
        {
            var ledger = Decide(hunt, RandomHunts.InBatches(claims, sizes));
            foreach (var exhausted in ledger.Entries.Select(entry => entry.Event).OfType<ClaimRefused>().Where(
                e => e.Reason == "treasure-exhausted"))
            {
                Assert.Equal(0, ledger.TreasureAt(exhausted.TreasureId)!.Remaining);
            }
        });

    [Fact]
    public void Only_claims_accepted_while_the_hunt_was_open_win() =>
        Gen.Select(RandomHunts.Histories, RandomHunts.Claims, Sizes).Sample((hunt, claims, sizes) =>
        {
            var ledger = Decide(hunt, RandomHunts.InBatches(claims, sizes));
            var window = ledger.HuntAt("sale")!.Window;
            foreach (var outcome in ledger.Entries.Select(entry => entry.Event).OfType<IClaimEvent>())
            {
                var reason = (outcome as ClaimRefused)?.Reason;
                Assert.Equal(
                    window.RefusalAt(outcome.AcceptedAt), reason is "hunt-not-open" or "hunt-paused" or "hunt-closed" ? reason : null);
            }
        });
}
