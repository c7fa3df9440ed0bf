using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Claims;

/// <summary>Decides random claims in a new ledger.</summary>
internal static class DecidedHunts
{
    public static Ledger Decide(object[] hunt, IEnumerable<AcceptedClaim[]> batches)
    {
        var ledger = new Ledger();
        ledger.Record(hunt);
        foreach (var batch in batches)
        {
            Assert.True(ledger.Read(batch).TryCommit(At("18:45")), "a single worker has no conflicts");
        }

        return ledger;
    }

    // The order of events of different streams within a transaction is not defined.
    public static IEnumerable<(string, long, Guid, object)> EventsByStream(Ledger ledger) => ledger.Entries
        .Where(entry => entry.Event is IClaimEvent)
        .Select(entry => (entry.Stream, entry.Version, entry.Id, entry.Event))
        .OrderBy(entry => entry.Stream, StringComparer.Ordinal)
        .ThenBy(entry => entry.Version);
}
