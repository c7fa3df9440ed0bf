using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

/// <summary>The page reads the stream of the hunt, and polls only without it.</summary>
[Collection(nameof(BrowserGroup))]
public sealed class PageStreamTests(RunningSite site) : HuntPageTests(site)
{
    /// <summary>Longer than the intervals of three polls of the hunt and two of the leaderboard.</summary>
    private static readonly TimeSpan SeveralPolls = TimeSpan.FromSeconds(3.5);

    [Fact]
    public async Task The_stock_the_leaderboard_and_own_claims_come_from_the_stream_without_polls()
    {
        var requests = new RequestLog();
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Streamed", Lantern), requests.Attach);
        await Expect(huntPage.Freshness).ToHaveTextAsync("Live");
        await Expect(huntPage.MyClaims).ToContainTextAsync("You have no claims yet.");
        requests.Clear();

        Assert.Equal("won", await Site.Claim(Lantern.Id, "quick"));
        await Expect(huntPage.Card(Lantern)).ToContainTextAsync("2 of 3 left");
        await Expect(huntPage.Leaderboard).ToContainTextAsync("quick");
        // A claim of this visitor in another tab.
        Assert.Equal("won", await Site.ClaimWithToken(Lantern.Id, await TokenOf(huntPage)));
        await Expect(huntPage.MyClaims).ToContainTextAsync("Moonlit lantern");
        await Expect(huntPage.Leaderboard).ToContainTextAsync("(you)");
        await Expect(huntPage.Card(Lantern)).ToContainTextAsync("1 of 3 left");

        await Task.Delay(SeveralPolls, TestContext.Current.CancellationToken);
        await Expect(huntPage.Freshness).ToHaveTextAsync("Live");
        Assert.Empty(requests.Paths);
    }

    [Fact]
    public async Task The_page_polls_while_the_stream_is_refused_and_stops_when_it_is_back()
    {
        var requests = new RequestLog();
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Refused", Lantern), async page =>
        {
            await requests.Attach(page);
            await RefuseStream(page);
        });
        await Expect(huntPage.Freshness).ToHaveTextAsync("Live");
        Assert.Equal("won", await Site.ClaimWithToken(Lantern.Id, await TokenOf(huntPage)));
        await Expect(huntPage.Card(Lantern)).ToContainTextAsync("2 of 3 left");
        await Expect(huntPage.MyClaims).ToContainTextAsync("Moonlit lantern");
        await Expect(huntPage.Leaderboard).ToContainTextAsync("(you)");
        Assert.InRange(requests.Paths.Count(path => path.EndsWith("/stream", StringComparison.Ordinal)), 1, 6);

        await huntPage.Page.RunAndWaitForResponseAsync(
            () => huntPage.Page.UnrouteAllAsync(), response => response.Url.EndsWith("/stream", StringComparison.Ordinal) && response.Ok,
            new() { Timeout = 70_000 });
        Assert.Equal("won", await Site.Claim(Lantern.Id, "quick"));
        await Expect(huntPage.Card(Lantern)).ToContainTextAsync("1 of 3 left");
        requests.Clear();

        await Task.Delay(SeveralPolls, TestContext.Current.CancellationToken);
        Assert.Empty(requests.Paths);
    }

    [Fact]
    public async Task A_page_in_the_background_closes_the_stream_and_resumes_it_when_it_is_visible_again()
    {
        var requests = new RequestLog();
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Hidden", Lantern), requests.Attach);
        await Expect(huntPage.Freshness).ToHaveTextAsync("Live");
        await Expect(huntPage.MyClaims).ToContainTextAsync("You have no claims yet.");

        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        huntPage.Page.RequestFailed += (_, request) =>
        {
            if (IsStream(request))
            {
                closed.TrySetResult();
            }
        };
        await SetHidden(huntPage, true);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal("won", await Site.Claim(Lantern.Id, "quick"));
        requests.Clear();
        await Task.Delay(SeveralPolls, TestContext.Current.CancellationToken);
        Assert.Empty(requests.Paths);

        var resumed = await huntPage.Page.RunAndWaitForRequestAsync(() => SetHidden(huntPage, false), IsStream);
        Assert.Matches(@"^\d+-\d+-\d+$", (await resumed.AllHeadersAsync())["last-event-id"]);
        await Expect(huntPage.Card(Lantern)).ToContainTextAsync("2 of 3 left");
        await Expect(huntPage.Freshness).ToHaveTextAsync("Live");
        Assert.All(requests.Paths, path => Assert.EndsWith("/stream", path, StringComparison.Ordinal));
    }

    private static bool IsStream(IRequest request) => request.Url.EndsWith("/stream", StringComparison.Ordinal);

    private static Task<JsonElement?> SetHidden(HuntPage huntPage, bool isHidden) => huntPage.Page.EvaluateAsync(
        """
        (isHidden) => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        isHidden);

    private static async Task<string> TokenOf(HuntPage huntPage)
    {
        await Expect(huntPage.Player).Not.ToBeEmptyAsync();
        var stored = await huntPage.Page.EvaluateAsync<string>("() => localStorage.getItem('treasure-hunt/visitor')");
        return JsonDocument.Parse(stored).RootElement.GetProperty("token").GetString()!;
    }

    /// <summary>The paths of the page's requests to the API, without those of the list of hunts, which are rare.</summary>
    private sealed class RequestLog
    {
        private readonly Lock _lock = new();
        private List<string> _paths = [];

        public IReadOnlyList<string> Paths
        {
            get
            {
                lock (_lock)
                {
                    return [.. _paths];
                }
            }
        }

        public Task Attach(IPage page)
        {
            page.Request += (_, request) =>
            {
                if (new Uri(request.Url).AbsolutePath is var path && path.StartsWith("/v1/", StringComparison.Ordinal)
                    && path != "/v1/hunts")
                {
                    lock (_lock)
                    {
                        _paths.Add(path);
                    }
                }
            };
            return Task.CompletedTask;
        }

        public void Clear()
        {
            lock (_lock)
            {
                _paths = [];
            }
        }
    }
}
