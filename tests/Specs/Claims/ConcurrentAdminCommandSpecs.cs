using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Claims.ConflictRetry;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>An admin command between the read and the commit of a worker is a conflict.</summary>
public class ConcurrentAdminCommandSpecs
{
    [Fact]
    public void A_concurrent_revocation_is_a_conflict()
    {
        var ledger = Open(Hidden(stock: 2), Awarded("alice")).Ledger;
        var attempt = ledger.Read(Claim("bob"));

        Assert.Null(ledger.Handle(Revoke("alice")).Problem);
        Assert.False(attempt.TryCommit(Now));
    }

    [Fact]
    public void A_treasure_withdrawn_concurrently_is_not_awarded()
    {
        var ledger = Open(Hidden(stock: 2)).Ledger;
        var attempt = ledger.Read(Claim("alice"));

        Assert.Null(ledger.Handle(Withdraw()).Problem);
        Assert.False(attempt.TryCommit(Now));

        DecideAgain(ledger, Claim("alice"), "treasure-withdrawn");
    }
}
