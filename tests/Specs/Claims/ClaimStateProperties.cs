using System.Text.Json;
using CsCheck;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;
using Xunit;
using static TreasureHunt.Specs.Claims.DecidedHunts;

namespace TreasureHunt.Specs.Claims;

/// <summary>States and reservations agree with the events.</summary>
public class ClaimStateProperties
{
    [Fact]
    public void State_can_be_stored_and_restored_after_any_event() =>
        Gen.Select(RandomHunts.Histories, RandomHunts.Claims, Gen.Int[0, 1000]).Sample((hunt, claims, at) =>
        {
            var ledger = Decide(hunt, claims.Chunk(1));
            CanBeRestored<Treasure>(ledger.Stream("treasure-treasure-1"), Treasure.Evolve, at);
            CanBeRestored<Hunt>(ledger.Stream("hunt-sale"), Hunt.Evolve, at);
        });

    [Fact]
    public void Quota_reservations_agree_with_the_events() =>
        Gen.Select(RandomHunts.Histories, RandomHunts.Claims, RandomHunts.AdminSteps).Sample((hunt, claims, steps) =>
        {
            var ledger = Decide(hunt, claims.Chunk(1));
            steps.ToList().ForEach(step => RandomHunts.Administer(ledger, step));
            foreach (var treasure in claims.Select(claim => claim.TreasureId).Distinct())
            {
                var reservations = ledger.Reservations();
                foreach (var player in claims.Select(claim => claim.PlayerId).Distinct())
                {
                    Assert.Equal(UsageFromEvents(ledger, treasure, player), reservations.UsageOf(treasure, "sale", player));
                }
            }
        });

    private static void CanBeRestored<T>(IEnumerable<object> stream, Func<T?, object, T?> evolve, int at)
        where T : class
    {
        var events = stream.ToList();
        var stop = at % (events.Count + 1);
        var stored = JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(CommandScenario<T>.Fold(events.Take(stop), evolve)));

        Assert.Equal(
            JsonSerializer.Serialize(CommandScenario<T>.Fold(events, evolve)),
            JsonSerializer.Serialize(events.Skip(stop).Aggregate(stored, evolve)));
    }

    private static PlayerUsage UsageFromEvents(Ledger ledger, string treasure, string player)
    {
        var events = ledger.Entries.Select(entry => entry.Event).ToList();
        var revoked = events.OfType<AwardRevoked>().Select(e => e.ClaimId).ToHashSet();
        var awards = events.OfType<TreasureAwarded>().Where(e => e.PlayerId == player && !revoked.Contains(e.ClaimId)).ToList();
        var limited = ledger.HuntAt("sale")!.PlayerLimit is not null;
        return new PlayerUsage(
            awards.Count(e => e.TreasureId == treasure),
            limited ? awards.Count : 0,
            events.OfType<ClaimRefused>().Count(e => e is { Reason: "proof-wrong" } && e.TreasureId == treasure && e.PlayerId == player));
    }
}
