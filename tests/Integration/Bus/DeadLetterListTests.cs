using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>An administrator lists, retries and drops dead letters.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class DeadLetterListTests(DisruptionEngine fixture) : DeadLetterTests(fixture)
{
    [Fact]
    public async Task An_administrator_lists_shows_retries_and_drops_dead_letters()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 100);
        var shard = BusNames.Shard(Ids.ShardOf(treasureId, Engine.Shards));
        var admin = Engine.Admin("commands-1");
        var before = await CountDeadLetters(admin, shard);
        // One claim is dated in the future, because the clock of its sender is fast. The other one is malformed.
        await Publish(shard, Claim(treasureId, "alice", "open sesame", TimeProvider.System.GetUtcNow().AddSeconds(45)));
        await Publish(shard, Claim("No Slug", "mallory", "open sesame", TimeProvider.System.GetUtcNow()));
        await Poll.Until("both are dead letters", async () => await CountDeadLetters(admin, shard) == before + 2);

        // Listing changes nothing.
        for (var n = 0; n < 30; n++)
        {
            Assert.Equal(before + 2, await CountDeadLetters(admin, shard));
        }

        var shown = (await admin.Get($"/admin/errors/{shard}?count=100")).Json.EnumerateArray().ToList();
        var (early, malformed) = (FindLetter(shown, treasureId), FindLetter(shown, "No Slug"));
        Assert.Contains("in the future", early.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("treasureId", malformed.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.All(shown, letter => Assert.DoesNotContain("sesame", letter.GetRawText(), StringComparison.Ordinal));

        await Poll.Until("its time is reached and a retry decides it", async () =>
        {
            await admin.Post($"/admin/errors/{shard}/retry", new { id = IdOf(early) });
            return (await Engine.EventStore.OfTreasure(treasureId)).Awards().Count == 1;
        });
        Assert.Equal("404 not-found", (await admin.Post($"/admin/errors/{shard}/drop", new { id = "0123456789abcdef" })).Problem);
        Assert.Equal("200", (await admin.Post($"/admin/errors/{shard}/drop", new { id = IdOf(malformed) })).Problem);
        await Poll.Until("no dead letter is left", async () => await CountDeadLetters(admin, shard) == before);
    }

    [Fact]
    public async Task A_message_with_only_refused_claims_becomes_one_dead_letter_for_each_reason()
    {
        var (shard, player, now) = (BusNames.Shard(0), $"mallory-{Ids.FreshSlug()}", TimeProvider.System.GetUtcNow());
        var admin = Engine.Admin("commands-1");
        var before = await CountDeadLetters(admin, shard);
        await Publish(
            shard, Claim("No Slug", player, "open sesame", now), Claim("no-slug-2", player, "open sesame", now.AddDays(1)),
            Claim("No Slug 3", player, "open sesame", now));
        await Poll.Until("each reason has its dead letter", async () => await CountDeadLetters(admin, shard) == before + 2);

        var shown = (await admin.Get($"/admin/errors/{shard}?count=100")).Json.EnumerateArray().ToList();
        Assert.Contains("in the future", FindLetter(shown, "no-slug-2").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(IdOf(FindLetter(shown, "\"No Slug\"")), IdOf(FindLetter(shown, "No Slug 3")));
        foreach (var letter in new[] { FindLetter(shown, "no-slug-2"), FindLetter(shown, "No Slug 3") })
        {
            Assert.Equal("200", (await admin.Post($"/admin/errors/{shard}/drop", new { id = IdOf(letter) })).Problem);
        }
    }
}
