using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.ClaimStreams;

/// <summary>Claims over one long request, directly and through the edge proxy.</summary>
public sealed class ClaimStreamTests(SharedEngine engine) : EngineTests(engine)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_arrive_in_order_while_the_request_is_being_sent(bool usesProxy)
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 3);
        using var site = new Site(this, usesProxy);
        using var stream = await ClaimStreamClient.Open(await site.Url(), Engine.Storefront("lines:").Token!);

        await stream.Send(Claim(treasureId, "alice"));
        Assert.Equal(["1: 200 won"], await stream.Read(1));
        await stream.Send(
            Claim(treasureId, "bob"), Claim(treasureId, "bob"), new { treasureId, playerId = "shop2:bob", key = "key" }, null,
            Claim("No Slug", "bob"), Claim(Ids.FreshSlug(), "bob"), Claim(treasureId, "carol"), Claim(treasureId, "dave"));
        Assert.Equal(
            [
                "2: 200 won", "3: 200 won", "4: 403 forbidden", "5: 400 invalid-json", "6: 400 invalid-request",
                "7: 404 treasure-not-found", "8: 200 won", "9: 200 treasure-exhausted",
            ],
            await stream.Read(8));
        await stream.End();

        Assert.Null(await stream.Read());
        Assert.Equal(4, (await Engine.EventStore.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task Lines_may_be_empty_cut_into_pieces_and_too_long()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        using var stream = await ClaimStreamClient.Open(Engine.Host("api-1").Url, Engine.Player("alice").Token!);

        await stream.SendText($"\n\r\n{{\"treasureId\":\"{treasureId}\",");
        await stream.SendText("\"key\":\"1\"}\n  \n{\"key\":\"");
        Assert.Equal(["1: 200 won"], await stream.Read(1));
        for (var n = 0; n < 10; n++)
        {
            await stream.SendText(new string('k', 1000));
        }

        await stream.SendText($"\"}}\n{{\"treasureId\":\"{treasureId}\",\"key\":\"2\"}}");
        await stream.End();

        Assert.Equal(["2: 413 body-too-large", "3: 200 already-claimed", "ended"], await stream.Read(3));
    }

    [Fact]
    public async Task Thousands_of_lines_are_answered_in_order()
    {
        var huntId = await Engine.Admin().OpenHunt();
        string[] treasures = [await Engine.Admin().Hide(huntId, stock: 10_000), await Engine.Admin().Hide(huntId, stock: 10_000)];
        // On a busy machine a confirm may take longer than callers are told to wait.
        var host = await Engine.StartHost(
            "api-unlimited-shop", ("RateLimits__StorefrontBurst", "100000"), ("Admission__ConfirmTimeout", "30s"));
        using var site = new Site(this, usesProxy: true, host.Url);
        using var stream = await ClaimStreamClient.Open(await site.Url(), Engine.Storefront("lines:").Token!);

        var sending = Task.Run(
            async () =>
            {
                for (var piece = 0; piece < 100; piece++)
                {
                    await stream.Send([.. Enumerable.Range(piece * 60, 60).Select(n =>
                        Claim(treasures[n % 2], n.ToString(CultureInfo.InvariantCulture)))]);
                }

                await stream.End();
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(
            Enumerable.Range(1, 6000).Select(n => $"{n.ToString(CultureInfo.InvariantCulture)}: 200 won"), await stream.Read(6000));
        Assert.Null(await stream.Read());
        await sending;
        await host.Kill();
    }

    // HAProxy and Kestrel give a body ten seconds, unless it is a stream.
    [Fact]
    public async Task A_stream_lasts_longer_than_other_requests_and_ends_when_it_is_idle()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        using var site = new Site(this, usesProxy: true);
        using var stream = await ClaimStreamClient.Open(await site.Url(), Engine.Storefront("lines:").Token!);

        await stream.Send(Claim(treasureId, "alice"));
        Assert.Equal(["1: 200 won"], await stream.Read(1));
        await Task.Delay(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        await stream.Send(Claim(treasureId, "bob"));
        Assert.Equal(["2: 200 won"], await stream.Read(1));

        Assert.Null(await stream.Read());
    }

    private static object Claim(string treasureId, string player) => new { treasureId, playerId = $"lines:{player}", key = "key" };

    /// <summary>An Api, or the edge proxy in front of it.</summary>
    private sealed class Site(ClaimStreamTests tests, bool usesProxy, Uri? api = null) : IDisposable
    {
        private Proxy? _proxy;

        public async Task<Uri> Url()
        {
            var first = api ?? tests.Engine.Host("api-1").Url;
            _proxy = usesProxy ? await Proxy.Start(tests.Engine.Http, first, api ?? tests.Engine.Host("api-2").Url) : null;
            return _proxy?.Url ?? first;
        }

        public void Dispose() => _proxy?.Dispose();
    }
}
