using System.Text.Json;
using CsCheck;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Claims;

/// <summary>What holds whoever claims what, in whichever batches.</summary>
public class ClaimProperties
{
    private static readonly Gen<int[]> Sizes = Gen.Int[1, 9].Array[1, 8];

    [Fact]
    public void Stock_limits_and_outcomes_hold_at_every_prefix_of_the_log() =>
        Gen.Select(RandomSales.Hunts, RandomSales.Claims, Sizes).Sample((hunt, claims, sizes) =>
        {
            var ledger = Play(hunt, RandomSales.Cut(claims, sizes));

            var auditor = LedgerInvariants.Audit(ledger.Log);
            auditor.HasDecided(claims.Select(claim => claim.ClaimId));
            auditor.HasDensePlaces();
        });

    [Fact]
    public void One_by_one_or_in_batches_the_log_is_the_same() =>
        Gen.Select(RandomSales.Hunts, RandomSales.Claims, Sizes).Sample((hunt, claims, sizes) =>
            Assert.Equal(Streams(Play(hunt, claims.Chunk(1))), Streams(Play(hunt, RandomSales.Cut(claims, sizes)))));

    [Fact]
    public void Deliveries_that_repeat_earlier_ones_change_nothing() =>
        Gen.Select(RandomSales.Hunts, RandomSales.Claims, Sizes, Gen.Int[0, 1000].Array[1, 8]).Sample((hunt, claims, sizes, repeats) =>
        {
            var batches = RandomSales.Cut(claims, sizes).ToList();
            var again = batches.SelectMany((batch, n) => new[] { batch, batches[repeats[n % repeats.Length] % (n + 1)] });

            Assert.Equal(Streams(Play(hunt, batches)), Streams(Play(hunt, again)));
        });

    [Fact]
    public void Reordered_deliveries_change_who_wins_but_break_nothing() =>
        Gen.Select(RandomSales.Hunts, RandomSales.Claims.SelectMany(claims => Gen.Shuffle(claims)), Sizes).Sample((hunt, claims, sizes) =>
            LedgerInvariants.Audit(Play(hunt, RandomSales.Cut(claims, sizes)).Log).HasDecided(claims.Select(claim => claim.ClaimId)));

    [Fact]
    public void Nobody_is_sent_away_while_a_unit_remains() =>
        Gen.Select(RandomSales.Hunts, RandomSales.Claims, Sizes).Sample((hunt, claims, sizes) =>
        {
            var ledger = Play(hunt, RandomSales.Cut(claims, sizes));
            foreach (var exhausted in ledger.Log.Select(entry => entry.Event).OfType<ClaimRefused>().Where(
                e => e.Reason == "treasure-exhausted"))
            {
                Assert.Equal(0, ledger.TreasureAt(exhausted.TreasureId)!.Remaining);
            }
        });

    [Fact]
    public void Only_claims_accepted_while_the_hunt_was_open_win() =>
        Gen.Select(RandomSales.Hunts, RandomSales.Claims, Sizes).Sample((hunt, claims, sizes) =>
        {
            var ledger = Play(hunt, RandomSales.Cut(claims, sizes));
            var window = ledger.HuntAt("sale")!.Window;
            foreach (var outcome in ledger.Log.Select(entry => entry.Event).OfType<IClaimEvent>())
            {
                var told = (outcome as ClaimRefused)?.Reason;
                Assert.Equal(window.RefusalAt(outcome.AcceptedAt), told is "hunt-not-open" or "hunt-paused" or "hunt-closed" ? told : null);
            }
        });

    [Fact]
    public void A_fold_may_stop_anywhere_be_stored_and_go_on() =>
        Gen.Select(RandomSales.Hunts, RandomSales.Claims, Gen.Int[0, 1000]).Sample((hunt, claims, at) =>
        {
            var ledger = Play(hunt, claims.Chunk(1));
            GoesOn<Treasure>(ledger.Stream("treasure-treasure-1"), Treasure.Evolve, at);
            GoesOn<Hunt>(ledger.Stream("hunt-sale"), Hunt.Evolve, at);
        });

    [Fact]
    public void Places_taken_say_the_same_as_the_log() =>
        Gen.Select(RandomSales.Hunts, RandomSales.Claims, RandomSales.AdminSteps).Sample((hunt, claims, steps) =>
        {
            var ledger = Play(hunt, claims.Chunk(1));
            steps.ToList().ForEach(step => RandomSales.Administer(ledger, step));
            foreach (var treasure in claims.Select(claim => claim.TreasureId).Distinct())
            {
                var reservations = ledger.Reservations();
                foreach (var player in claims.Select(claim => claim.PlayerId).Distinct())
                {
                    Assert.Equal(Counted(ledger, treasure, player), reservations.UsageOf(treasure, "sale", player));
                }
            }
        });

    private static Ledger Play(object[] hunt, IEnumerable<AcceptedClaim[]> batches)
    {
        var ledger = new Ledger();
        ledger.Record(hunt);
        foreach (var batch in batches)
        {
            Assert.True(ledger.Read(batch).TryCommit(At("18:45")), "a worker that is alone never loses");
        }

        return ledger;
    }

    // Within a transaction, the order among streams is nobody's business.
    private static IEnumerable<(string, long, Guid, object)> Streams(Ledger ledger) => ledger.Log
        .Where(entry => entry.Event is IClaimEvent)
        .Select(entry => (entry.Stream, entry.Version, entry.Id, entry.Event))
        .OrderBy(entry => entry.Stream, StringComparer.Ordinal)
        .ThenBy(entry => entry.Version);

    private static void GoesOn<T>(IEnumerable<object> stream, Func<T?, object, T?> evolve, int at)
        where T : class
    {
        var events = stream.ToList();
        var stop = at % (events.Count + 1);
        var stored = JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(CommandScenario<T>.Fold(events.Take(stop), evolve)));

        Assert.Equal(
            JsonSerializer.Serialize(CommandScenario<T>.Fold(events, evolve)),
            JsonSerializer.Serialize(events.Skip(stop).Aggregate(stored, evolve)));
    }

    private static PlayerUsage Counted(Ledger ledger, string treasure, string player)
    {
        var log = ledger.Log.Select(entry => entry.Event).ToList();
        var revoked = log.OfType<AwardRevoked>().Select(e => e.ClaimId).ToHashSet();
        var awards = log.OfType<TreasureAwarded>().Where(e => e.PlayerId == player && !revoked.Contains(e.ClaimId)).ToList();
        var limited = ledger.HuntAt("sale")!.PlayerLimit is not null;
        return new PlayerUsage(
            awards.Count(e => e.TreasureId == treasure),
            limited ? awards.Count : 0,
            log.OfType<ClaimRefused>().Count(e => e is { Reason: "proof-wrong" } && e.TreasureId == treasure && e.PlayerId == player));
    }
}
