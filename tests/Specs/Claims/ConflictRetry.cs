using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Claims;

/// <summary>The second attempt of a worker after a conflict.</summary>
internal static class ConflictRetry
{
    public static readonly DateTimeOffset Now = At("18:45");

    public static void DecideAgain(Ledger ledger, AcceptedClaim claim, string? reason)
    {
        var again = ledger.Read(claim);
        Assert.True(again.TryCommit(Now));
        Assert.Equal(reason, (Assert.Single(again.Outcomes) as ClaimRefused)?.Reason);
    }
}
