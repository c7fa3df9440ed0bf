using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Integration.Harness;

/// <summary>Selects the claim events from stored events.</summary>
public static class ClaimEventExtensions
{
    public static IReadOnlyList<IClaimEvent> Decisions(this IEnumerable<StoredEvent> events) =>
        events.Select(stored => stored.Data).OfType<IClaimEvent>().ToList();

    public static IReadOnlyList<TreasureAwarded> Awards(this IEnumerable<StoredEvent> events) =>
        events.Select(stored => stored.Data).OfType<TreasureAwarded>().ToList();

    public static IReadOnlyList<ClaimRefused> Refusals(this IEnumerable<StoredEvent> events) =>
        events.Select(stored => stored.Data).OfType<ClaimRefused>().ToList();

    /// <summary>Returns the outcome: <c>won</c>, or the reason of a refusal.</summary>
    public static string Outcome(this IClaimEvent decision) => decision is ClaimRefused refused ? refused.Reason : Outcomes.Won;
}
