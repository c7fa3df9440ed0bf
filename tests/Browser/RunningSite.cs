using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TreasureHunt.Browser;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;

[assembly: AssemblyFixture(typeof(RunningSite))]

namespace TreasureHunt.Browser;

/// <summary>A treasure as a test wants it.</summary>
public sealed record NewTreasure(string Name, int Stock, string? Proof = null, params string[] Clues)
{
    public string Id { get; init; } = Ids.FreshSlug();
}

/// <summary>The running engine, told where it is by <c>HUNT_URL</c> and how to sign by <c>HUNT_KEYS</c>.</summary>
public sealed class RunningSite : IAsyncLifetime
{
    private readonly string? _url = Environment.GetEnvironmentVariable("HUNT_URL");
    private readonly Lazy<Tokens> _tokens = new(
        () => new Tokens(CliSettings.Read(Environment.GetEnvironmentVariable), TimeProvider.System));
    private readonly HttpClient _http = new();
    private string? _absent;

    public Chromium Chromium { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _absent = await WhatIsMissing();
        if (_absent is not null)
        {
            return;
        }

        await Chromium.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Chromium.DisposeAsync();
    }

    /// <summary>Without a browser or an engine nothing was tried: the test fails and says what is missing.</summary>
    public void MustBeUp()
    {
        if (_absent is not null)
        {
            Assert.Fail(_absent);
        }
    }

    public string AddressOf(string huntId) => new Uri(_http.BaseAddress!, $"?hunt={huntId}").ToString();

    public string PlayerToken(string playerId) => _tokens.Value.Player(playerId);

    public async Task<string> OpenHunt(string name, params NewTreasure[] treasures)
    {
        var huntId = await Draft(name, TimeSpan.FromMinutes(-1), announcedIn: null, treasures);
        await Open(huntId);
        return huntId;
    }

    /// <summary>Schedules a hunt that opens in ten minutes.</summary>
    /// <param name="announced">Whether everybody may see it already.</param>
    public async Task<string> ScheduledHunt(string name, bool announced, params NewTreasure[] treasures)
    {
        var huntId = await Draft(name, TimeSpan.FromMinutes(10), announced ? TimeSpan.FromMinutes(-1) : null, treasures);
        await Command($"/v1/hunts/{huntId}/schedule");
        return huntId;
    }

    public Task Open(string huntId) => Command($"/v1/hunts/{huntId}/open");

    private async Task<string> Draft(string name, TimeSpan opensIn, TimeSpan? announcedIn, NewTreasure[] treasures)
    {
        var huntId = Ids.FreshSlug();
        var now = TimeProvider.System.GetUtcNow();
        await Command(
            "/v1/hunts", new { huntId, name, opensAt = now + opensIn, closesAt = now.AddHours(1), announceAt = now + announcedIn });
        foreach (var treasure in treasures)
        {
            await Command($"/v1/hunts/{huntId}/treasures", new
            {
                treasureId = treasure.Id,
                treasure.Name,
                treasure.Stock,
                treasure.Proof,
                clues = treasure.Clues.Select(text => new { text, revealAt = now.AddMinutes(-1) }),
            });
        }

        return huntId;
    }

    public Task Pause(string huntId) => Command($"/v1/hunts/{huntId}/pause");

    /// <summary>
    /// Claims as somebody else would, and waits until it is decided. A hunt that was just opened may need a moment to be seen.
    /// </summary>
    public async Task<string?> Claim(string treasureId, string playerId)
    {
        var key = Ids.FreshSlug();
        for (var attempt = 0; ; attempt++)
        {
            using var request = Request($"/v1/treasures/{treasureId}/claims", PlayerToken(playerId), new { });
            request.Headers.Add("Idempotency-Key", key);
            request.Headers.Add("Prefer", "wait=10");
            using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("outcome")
                    .GetString();
            }

            if (attempt == 50)
            {
                Assert.Fail($"The claim was answered {(int)response.StatusCode}.");
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task Command(string path, object? body = null)
    {
        using var request = Request(path, _tokens.Value.Admin(subject: "browser-tests"), body);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(
            response.IsSuccessStatusCode,
            $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    private static HttpRequestMessage Request(string path, string token, object? body) => new(HttpMethod.Post, path)
    {
        Content = body is null ? null : JsonContent.Create(body),
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    private async Task<string?> WhatIsMissing()
    {
        if (string.IsNullOrEmpty(_url) || string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HUNT_KEYS")))
        {
            return "HUNT_URL and HUNT_KEYS do not name an engine.";
        }

        if (!File.Exists(Chromium.Path))
        {
            return $"There is no browser at {Chromium.Path} (apt-get install chromium).";
        }

        _http.BaseAddress = new Uri(_url);
        try
        {
            using var response = await _http.GetAsync(new Uri("/v1/hunts", UriKind.Relative));
            return response.IsSuccessStatusCode ? null : $"The engine at {_url} answers {(int)response.StatusCode}.";
        }
        catch (HttpRequestException unreachable)
        {
            return $"No engine answers at {_url}: {unreachable.Message}";
        }
    }
}
