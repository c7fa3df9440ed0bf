using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Messages become dead letters after their last delivery.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class DeliveryLimitTests(DisruptionEngine fixture) : DeadLetterTests(fixture)
{
    [Fact]
    public async Task Every_queue_has_a_delivery_limit_and_a_dead_letter_queue_from_the_start()
    {
        foreach (var queue in (string[])["claims-0", "claims-1", "claims-intake", "admin-commands"])
        {
            var arguments = await Engine.Bus.ArgumentsOf(queue);
            Assert.Equal(100, arguments.GetProperty("x-delivery-limit").GetInt32());
            Assert.Equal(BusNames.DeadLetters(queue), arguments.GetProperty("x-dead-letter-exchange").GetString());
            Assert.Equal("at-least-once", arguments.GetProperty("x-dead-letter-strategy").GetString());
            // Listing dead letters counts as a delivery and must not drop them.
            Assert.Equal(
                1_000_000_000, (await Engine.Bus.ArgumentsOf(BusNames.DeadLetters(queue))).GetProperty("x-delivery-limit").GetInt32());
        }
    }

    [Fact]
    public async Task Claims_redelivered_beyond_the_limit_become_dead_letters_and_a_retry_decides_them()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 100);
        var shard = BusNames.Shard(Ids.ShardOf(treasureId, Engine.Shards));
        // The queue has a limit of 100; the broker applies the lower one of the policy.
        await Engine.Bus.SetPolicy("low", "^claims-[0-9]+$", new Dictionary<string, object> { ["delivery-limit"] = 2 });
        await Engine.Host("commands-2").Stop();
        var claims = new List<Guid>();
        await using (var hold = await Engine.EventStore.Hold("mt_events"))
        {
            for (var n = 0; n < 5; n++)
            {
                claims.Add((await Engine.Player($"player-{n}").Claim(treasureId, "1", wait: 0)).ClaimId);
            }

            for (var round = 1; round <= 3; round++)
            {
                await hold.UntilWaiting(1);
                await Engine.Host("commands-1").Kill();
                // PostgreSQL has the whole transaction, and would commit it.
                await hold.TerminateWaitingSessions();
                await Engine.StartHost("commands-1");
            }
        }

        var admin = Engine.Admin("commands-1");
        await Poll.Until("the claims are dead letters", async () => await CountDeadLetters(admin, shard) > 0);
        // The first message may have been decided after the table lock ended; the dead letters are undecided.
        Assert.Contains("delivered too often", (await admin.Get($"/admin/errors/{shard}?count=100")).Text, StringComparison.Ordinal);
        await Engine.Bus.SetPolicy("low", "^nothing$", new Dictionary<string, object> { ["delivery-limit"] = 100 });
        Assert.Equal("200", (await admin.Post($"/admin/errors/{shard}/retry", new { all = true })).Problem);

        await Poll.Until(
            "every accepted claim is decided",
            async () => (await Engine.EventStore.OfTreasure(treasureId)).Decisions().Count == claims.Count);
        Assert.Equal(
            claims.Order(), (await Engine.EventStore.OfTreasure(treasureId)).Decisions().Select(decision => decision.ClaimId).Order());
        Assert.Equal(0, await CountDeadLetters(admin, shard));
    }
}
