using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>The time of a claim is the time of its arrival at the Api.</summary>
[Collection(nameof(DeadLetterReaders))]
public sealed class MessageTimeTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Envelope = "application/vnd.masstransit+json";
    private const string Storefront = "storefront-shop";
    private const string Alice = "shop:alice";

    [Fact]
    public async Task Plain_JSON_with_a_byte_order_mark_is_accepted()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());

        await Engine.Bus.Publish(
            BusNames.ClaimIntake, "application/json",
            "\ufeff" + JsonSerializer.Serialize(new { treasureId, playerId = Alice, key = "bom" }), Storefront, Storefront);

        Assert.Equal(Outcomes.Won, (await Engine.Player(Alice).WaitForOutcome(Ids.ForClaim(Alice, treasureId, "bom"))).Outcome);
    }

    [Theory]
    [InlineData("2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00+00:00")]
    [InlineData("2999-01-01T00:00:00-05:00")]
    public async Task The_sentTime_of_a_message_does_not_set_acceptedAt(string sentTime)
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var before = TimeProvider.System.GetUtcNow();

        await Engine.Bus.Publish(
            BusNames.ClaimIntake, MessageEnvelope.ContentType,
            MessageEnvelope.Create("ClaimTreasure", new { treasureId, playerId = Alice, key = "clock" }, new { sentTime }), Storefront,
            Storefront);

        var read = await Engine.Player(Alice).WaitForOutcome(Ids.ForClaim(Alice, treasureId, "clock"));
        Assert.Equal(Outcomes.Won, read.Outcome);
        Assert.InRange(read["acceptedAt"].GetDateTimeOffset(), before, TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_message_id_that_contains_a_time_does_not_set_acceptedAt()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var before = TimeProvider.System.GetUtcNow();

        // As a NewId it contains the time 2026-11-23T19:59:59Z.
        await Engine.Bus.Publish(
            BusNames.ClaimIntake, "application/json", JsonSerializer.Serialize(new { treasureId, playerId = Alice, key = "id" }),
            Storefront, Storefront, "00000000-0000-0000-0980-08df499c5a62");

        Assert.InRange(
            (await Engine.Player(Alice).WaitForOutcome(Ids.ForClaim(Alice, treasureId, "id")))["acceptedAt"].GetDateTimeOffset(), before,
            TimeProvider.System.GetUtcNow());
    }
}
