using TreasureHunt.Api.Admission;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Failures;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The validation of claims from the claims exchange.</summary>
public class BusClaimRuleSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_time_of_a_claim_on_the_bus_is_the_time_of_receipt() =>
        Assert.Equal(Now, BusClaimConsumer.Accept(new ClaimTreasure("goose", "alice", "order-1"), Now).AcceptedAt);

    [Theory]
    [InlineData("Goose", "alice", "1", null)]
    [InlineData("goose", "no player!", "1", null)]
    [InlineData("goose", "alice", "has a space", null)]
    [InlineData("goose", "alice", "1", "\0")]
    public void A_malformed_claim_on_the_bus_is_refused(string treasure, string player, string key, string? proof) =>
        Assert.Throws<InvalidMessageException>(() => BusClaimConsumer.Accept(new ClaimTreasure(treasure, player, key, proof), Now));
}
