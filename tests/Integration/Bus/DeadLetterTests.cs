using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Storms;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Dead letters: how messages come to be there, and what an administrator does with them.</summary>
[Collection(nameof(Fragile))]
public sealed class DeadLetterTests(FragileEngine fixture) : FragileTests(fixture)
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
            // Looking at a dead letter counts as a delivery: it must not be lost by that.
            Assert.Equal(
                1_000_000_000, (await Engine.Bus.ArgumentsOf(BusNames.DeadLetters(queue))).GetProperty("x-delivery-limit").GetInt32());
        }
    }

    [Fact]
    public async Task Claims_that_a_crash_loop_delivers_too_often_are_dead_letters_and_a_retry_decides_them()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 100);
        var shard = BusNames.Shard(Ids.ShardOf(treasureId, Engine.Shards));
        // A limit so low that a few rounds reach it. The queue's own is 100; the broker takes the lower one.
        await Engine.Bus.SetPolicy("low", "^claims-[0-9]+$", new Dictionary<string, object> { ["delivery-limit"] = 2 });
        await Engine.Host("commands-2").Stop();
        var claims = new List<Guid>();
        await using (var hold = await Engine.Log.Hold("mt_events"))
        {
            for (var n = 0; n < 5; n++)
            {
                claims.Add((await Engine.Player($"player-{n}").Claim(treasureId, "1", wait: 0)).ClaimId);
            }

            for (var round = 1; round <= 3; round++)
            {
                await hold.Waiting(round);
                await Engine.Host("commands-1").Kill();
                await Engine.Add("commands-1");
            }
        }

        var admin = Engine.Admin("commands-1");
        await Until.True("the broker has given the claims up", async () => await DeadOf(admin, shard) > 0);
        // The first message may have been decided when the lock went; what was given up is not.
        Assert.Contains("delivered too often", (await admin.Get($"/admin/errors/{shard}?count=100")).Text, StringComparison.Ordinal);
        await Engine.Bus.SetPolicy("low", "^nothing$", new Dictionary<string, object> { ["delivery-limit"] = 100 });
        Assert.Equal("200", (await admin.Post($"/admin/errors/{shard}/retry", new { all = true })).Problem);

        await Until.True(
            "every accepted claim is decided", async () => (await Engine.Log.OfTreasure(treasureId)).Decisions().Count == claims.Count);
        Assert.Equal(claims.Order(), (await Engine.Log.OfTreasure(treasureId)).Decisions().Select(decision => decision.ClaimId).Order());
        Assert.Equal(0, await DeadOf(admin, shard));
    }

    [Fact]
    public async Task An_administrator_lists_shows_retries_and_drops_dead_letters()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 100);
        var shard = BusNames.Shard(Ids.ShardOf(treasureId, Engine.Shards));
        var admin = Engine.Admin("commands-1");
        var before = await DeadOf(admin, shard);
        // The clock of its sender was an hour ahead. And one that never becomes well-formed.
        await Publish(shard, Claim(treasureId, "alice", "open sesame", TimeProvider.System.GetUtcNow().AddSeconds(45)));
        await Publish(shard, Claim("No Slug", "mallory", "open sesame", TimeProvider.System.GetUtcNow()));
        await Until.True("both are dead letters", async () => await DeadOf(admin, shard) == before + 2);

        // However often one looks, nothing changes.
        for (var n = 0; n < 30; n++)
        {
            Assert.Equal(before + 2, await DeadOf(admin, shard));
        }

        var shown = (await admin.Get($"/admin/errors/{shard}?count=100")).Json.EnumerateArray().ToList();
        var (early, malformed) = (Of(shown, treasureId), Of(shown, "No Slug"));
        Assert.Contains("in the future", early.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("treasureId", malformed.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.All(shown, letter => Assert.DoesNotContain("sesame", letter.GetRawText(), StringComparison.Ordinal));

        await Until.True("its time has come, and a retry decides it", async () =>
        {
            await admin.Post($"/admin/errors/{shard}/retry", new { id = IdOf(early) });
            return (await Engine.Log.OfTreasure(treasureId)).Awards().Count == 1;
        });
        Assert.Equal("404 not-found", (await admin.Post($"/admin/errors/{shard}/drop", new { id = "0123456789abcdef" })).Problem);
        Assert.Equal("200", (await admin.Post($"/admin/errors/{shard}/drop", new { id = IdOf(malformed) })).Problem);
        await Until.True("none is left", async () => await DeadOf(admin, shard) == before);
    }

    [Fact]
    public async Task A_message_whose_claims_are_all_refused_is_a_dead_letter_for_each_reason()
    {
        var (shard, player, now) = (BusNames.Shard(0), $"mallory-{Ids.FreshSlug()}", TimeProvider.System.GetUtcNow());
        var admin = Engine.Admin("commands-1");
        var before = await DeadOf(admin, shard);
        await Publish(
            shard, Claim("No Slug", player, "open sesame", now), Claim("no-slug-2", player, "open sesame", now.AddDays(1)),
            Claim("No Slug 3", player, "open sesame", now));
        await Until.True("each reason has its dead letter", async () => await DeadOf(admin, shard) == before + 2);

        var shown = (await admin.Get($"/admin/errors/{shard}?count=100")).Json.EnumerateArray().ToList();
        Assert.Contains("in the future", Of(shown, "no-slug-2").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(IdOf(Of(shown, "\"No Slug\"")), IdOf(Of(shown, "No Slug 3")));
        foreach (var letter in new[] { Of(shown, "no-slug-2"), Of(shown, "No Slug 3") })
        {
            Assert.Equal("200", (await admin.Post($"/admin/errors/{shard}/drop", new { id = IdOf(letter) })).Problem);
        }
    }

    [Fact]
    public async Task Who_retries_and_drops_dead_letters_is_logged()
    {
        var shard = BusNames.Shard(0);
        var (subject, admin) = ($"erika-{Ids.FreshSlug()}", Engine.Admin("commands-1"));
        var erika = new ApiCaller(Engine, "commands-1", ApiCallers.Token(Audiences.Administrator, subject, token =>
            (token.Claims["scope"], token.Claims["jti"]) = ("operations", "token-4713")));
        var before = await DeadOf(admin, shard);
        await Publish(shard, Claim("No Slug", subject, "open sesame", TimeProvider.System.GetUtcNow()));
        await Until.True("it is a dead letter", async () => await DeadOf(admin, shard) == before + 1);
        var id = IdOf(Of((await admin.Get($"/admin/errors/{shard}?count=100")).Json.EnumerateArray(), subject));

        Assert.Equal("200", (await erika.Post($"/admin/errors/{shard}/retry", new { id })).Problem);
        await Logs("retried: 1");
        await Until.True("it is a dead letter again", async () => await DeadOf(admin, shard) == before + 1);
        Assert.Equal("200", (await erika.Post($"/admin/errors/{shard}/drop", new { id })).Problem);
        await Logs("dropped: 1");

        Task Logs(string done) => Until.True($"{done} is logged", () =>
            Engine.Host("commands-1").Output.Contains(
                $"Dead letters of {shard} {done}, by {subject} with the token token-4713", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_metric_tells_how_many_wait_in_each_queue()
    {
        var admin = Engine.Admin("commands-1");
        var (before, others) = (await DeadOf(admin, "claims-1"), await DeadOf(admin, "claims-0"));
        for (var n = 0; n < 2; n++)
        {
            await Publish("claims-1", Claim("Not A Slug", "mallory", "open sesame", TimeProvider.System.GetUtcNow()));
        }

        await Until.True("the metric tells of both", async () => await Metric("claims-1") == before + 2);
        Assert.Equal(others, await Metric("claims-0"));
        Assert.Equal("200", (await admin.Post("/admin/errors/claims-1/drop", new { all = true })).Problem);
        await Until.True("the metric tells that none is left", async () => await Metric("claims-1") == 0);

        Task<long?> Metric(string queue) => MetricOf("dead_letters_waiting", queue);
    }

    [Theory]
    [InlineData("claims-intake")]
    [InlineData("claims-0")]
    [InlineData("admin-commands")]
    public async Task The_metrics_tell_who_consumes_each_queue_and_what_waits_in_it(string queue)
    {
        await Until.True("the metric tells of a consumer", async () => await MetricOf("queue_consumers", queue) > 0);
        await Until.True("the metric tells that nothing waits", async () => await MetricOf("queue_messages", queue) == 0);
    }

    [Theory]
    [InlineData("/admin/errors")]
    [InlineData("/admin/errors/claims-0")]
    public async Task Only_administrators_see_them(string path)
    {
        Assert.Equal($"401 {ProblemNames.Unauthenticated}", (await Engine.Nobody("commands-1").Get(path)).Problem);
        Assert.Equal($"403 {ProblemNames.Forbidden}", (await Engine.Player("alice", "commands-1").Get(path)).Problem);
        Assert.Equal("200", (await Engine.Admin("commands-1").Get(path)).Problem);
    }

    private async Task<long?> MetricOf(string name, string queue) =>
        Regex.Match(
            (await Engine.Nobody("commands-1").Get("/metrics")).Text,
            $$"""(?m)^treasurehunt_{{name}}\{.*queue="{{queue}}".*\} (\d+)""") is { Success: true } told
            ? long.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;

    private static async Task<long> DeadOf(ApiCaller admin, string queue) =>
        (await admin.Get("/admin/errors")).Json.EnumerateArray().Single(entry => entry.GetProperty("queue").GetString() == queue)
            .GetProperty("count").GetInt64();

    private static JsonElement Of(IEnumerable<JsonElement> letters, string what) =>
        letters.Single(letter => letter.GetProperty("body").GetString()!.Contains(what, StringComparison.Ordinal));

    private static string IdOf(JsonElement letter) => letter.GetProperty("id").GetString()!;

    private Task Publish(
        string shard, params object[] claims) => Engine.Bus.Publish(shard, "application/vnd.masstransit+json", JsonSerializer.Serialize(new
        {
            messageId = Ids.Fresh(),
            messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasures" },
            message = new { claims },
        }));

    private static object Claim(string treasureId, string playerId, string proof, DateTimeOffset acceptedAt) =>
        new { claimId = Ids.ForClaim(playerId, treasureId, "1"), treasureId, playerId, proof, acceptedAt };
}
