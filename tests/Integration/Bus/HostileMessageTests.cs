using System.Globalization;
using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Storms;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>
/// Messages that no Api sends, from a sender that may write to the bus: each ends in a dead-letter queue, and every honest one is
/// processed.
/// </summary>
[Collection(nameof(DeadLetterReaders))]
public sealed class HostileMessageTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Envelope = "application/vnd.masstransit+json";
    private const string Storefront = "storefront-shop";
    private const string Alice = "shop:alice";

    [Fact]
    public async Task One_malformed_claim_takes_none_of_the_others_of_its_message_with_it()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 1_000);
        var shard = BusNames.Shard(Ids.ShardOf(treasureId, Engine.Shards));
        var claims = Enumerable.Range(0, 500).Select(n => Claim(treasureId, $"player-{n.ToString(CultureInfo.InvariantCulture)}")).ToList();
        claims[123] = Claim(treasureId, "mal\0lory");
        var player = Engine.Player("player-499");

        await Engine.Bus.Publish(shard, Envelope, Message("ClaimTreasures", new { claims }));

        Assert.Equal(Outcomes.Won, (await player.Claim(treasureId, "1")).Outcome);
        // A worker reads messages side by side: it may decide the player's short message before the long one.
        await Until.True("the long message is decided", async () => (await Engine.Log.OfTreasure(treasureId)).Awards().Count >= 499);
        Assert.Equal(499, (await Engine.Log.OfTreasure(treasureId)).Awards().Count);
        var dead = JsonDocument.Parse(Assert.Single(await Engine.Bus.Take(BusNames.DeadLetters(shard), 1, treasureId)));
        var refused = Assert.Single(dead.RootElement.GetProperty("message").GetProperty("claims").EnumerateArray().ToList());
        Assert.Equal("mal\0lory", refused.GetProperty("playerId").GetString());
    }

    [Fact]
    public async Task A_command_with_U_0000_in_a_name_takes_no_place_from_the_honest_ones()
    {
        var bad = Ids.FreshSlug();
        for (var n = 0; n < 20; n++)
        {
            var now = TimeProvider.System.GetUtcNow();
            await Engine.Bus.Publish(BusNames.Admin, Envelope, Message("DraftHunt", new
            {
                commandId = Ids.Fresh(),
                at = now,
                huntId = bad,
                name = "Autumn\0sale",
                opensAt = now,
                closesAt = now.AddHours(1),
            }));
        }

        await Engine.Admin().Draft();

        Assert.Equal(20, (await Engine.Bus.Take(BusNames.DeadLetters(BusNames.Admin), 20, bad)).Count);
        Assert.DoesNotContain(await Engine.Log.All(), fact => fact.Stream == Contracts.Events.StreamNames.Hunt(bad));
    }

    [Fact]
    public async Task Plain_json_with_a_byte_order_mark_is_taken()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());

        await Engine.Bus.Publish(
            BusNames.ClaimIntake, "application/json",
            "\ufeff" + JsonSerializer.Serialize(new { treasureId, playerId = Alice, key = "bom" }), Storefront, Storefront);

        Assert.Equal(Outcomes.Won, (await Engine.Player(Alice).Outcome(Ids.ForClaim(Alice, treasureId, "bom"))).Outcome);
    }

    [Theory]
    [InlineData("2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00+00:00")]
    [InlineData("2999-01-01T00:00:00-05:00")]
    public async Task The_time_that_a_sender_wrote_is_not_the_time_of_its_claim(string sentTime)
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var before = TimeProvider.System.GetUtcNow();

        await Engine.Bus.Publish(
            BusNames.ClaimIntake, Envelope,
            Message("ClaimTreasure", new { treasureId, playerId = Alice, key = "clock" }, new { sentTime }), Storefront, Storefront);

        var read = await Engine.Player(Alice).Outcome(Ids.ForClaim(Alice, treasureId, "clock"));
        Assert.Equal(Outcomes.Won, read.Outcome);
        Assert.InRange(read["acceptedAt"].GetDateTimeOffset(), before, TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_message_id_that_reads_as_a_time_is_not_the_time_of_its_claim()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var before = TimeProvider.System.GetUtcNow();

        // Read as a NewId, it says 2026-11-23T19:59:59Z.
        await Engine.Bus.Publish(
            BusNames.ClaimIntake, "application/json", JsonSerializer.Serialize(new { treasureId, playerId = Alice, key = "id" }),
            Storefront, Storefront, "00000000-0000-0000-0980-08df499c5a62");

        Assert.InRange(
            (await Engine.Player(Alice).Outcome(Ids.ForClaim(Alice, treasureId, "id")))["acceptedAt"].GetDateTimeOffset(), before,
            TimeProvider.System.GetUtcNow());
    }

    [Theory]
    [InlineData("claims-intake")]
    [InlineData("claims-0")]
    [InlineData("admin-commands")]
    public async Task An_address_that_the_sender_chose_is_neither_declared_nor_written_to(string queue)
    {
        var trap = $"trap-{Ids.FreshSlug()}";
        var address = new UriBuilder("rabbitmq", Engine.Bus.AddressOf("operator").Host) { Path = $"{Engine.Bus.Name}/{trap}" }.Uri;
        var mark = Ids.FreshSlug();
        // One that cannot be read at all, and one that breaks a rule.
        await Engine.Bus.Publish(
            queue, Envelope,
            Message(TypeOf(
                queue), new { claims = mark, key = 7, commandId = mark }, new { faultAddress = address, responseAddress = address }));
        await Engine.Bus.Publish(
            queue, Envelope,
            Message(TypeOf(
                queue), new { key = mark, huntId = mark, name = mark }, new { faultAddress = address, responseAddress = address }));

        Assert.Equal(2, (await Engine.Bus.Take(BusNames.DeadLetters(queue), 2, mark)).Count);

        Assert.False(await Engine.Bus.HasExchange(trap));
    }

    private static string TypeOf(
        string queue) => queue switch { "claims-intake" => "ClaimTreasure", "admin-commands" => "DraftHunt", _ => "ClaimTreasures" };

    private static object Claim(string treasureId, string playerId) =>
        new { claimId = Ids.ForClaim(playerId, treasureId, "1"), treasureId, playerId, acceptedAt = TimeProvider.System.GetUtcNow() };

    private static string Message(string type, object message, object? more = null)
    {
        var envelope = JsonSerializer.SerializeToNode(new
        {
            messageId = Ids.Fresh(),
            messageType = new[] { $"urn:message:TreasureHunt.Contracts.Commands:{type}" },
            message,
        })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
        {
            envelope[name] = value?.DeepClone();
        }

        return envelope.ToJsonString();
    }
}

/// <summary>Messages that would stop a shard for good, and workers that start again over them.</summary>
[Collection(nameof(Fragile))]
public sealed class HostileShardTests(FragileEngine fixture) : FragileTests(fixture)
{
    [Fact]
    public async Task Over_long_ids_on_a_shard_stop_no_decision_neither_now_nor_after_a_restart()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 100);
        var shard = BusNames.Shard(Ids.ShardOf(treasureId, Engine.Shards));
        var mark = Ids.FreshSlug();
        var tooLong = string.Concat(Enumerable.Range(0, 160).Select(_ => Ids.FreshSlug()).Prepend(mark));

        await Publish(shard, tooLong, "mallory");
        await Publish(shard, treasureId, tooLong);
        await Publish(shard, $"go\0ose-{mark}", "mallory");
        await Engine.Player("alice").Wins(treasureId, "before");
        await Task.WhenAll(Engine.Host("commands-1").Kill(), Engine.Host("commands-2").Kill());
        await Publish(shard, tooLong, "mallory");
        await Engine.Heal();
        await Engine.Player("bob").Wins(treasureId, "after");

        // A worker that is killed before the broker has its acknowledgement leaves the message to the next one, which moves it once more.
        IEnumerable<string> Own(IEnumerable<string> taken) => taken.Where(body => body.Contains(mark, StringComparison.Ordinal)).Distinct();
        Assert.Equal(4, Own(await Engine.Bus.TakeUntil(BusNames.DeadLetters(shard), taken => Own(taken).Count() >= 4)).Count());
    }

    private Task Publish(
        string shard, string treasureId,
        string playerId) => Engine.Bus.Publish(shard, "application/vnd.masstransit+json", JsonSerializer.Serialize(new
        {
            messageId = Ids.Fresh(),
            messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasures" },
            message = new { claims = new[] { new { claimId = Ids.Fresh(), treasureId, playerId, acceptedAt = TimeProvider.System.GetUtcNow() } } },
        }));
}
