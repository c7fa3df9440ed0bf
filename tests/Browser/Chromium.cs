using Microsoft.Playwright;

namespace TreasureHunt.Browser;

/// <summary>The machine's own Chromium, without a window.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Quiet =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string Path { get; } = Environment.GetEnvironmentVariable("HUNT_CHROMIUM") is { Length: > 0 } path
        ? path : "/usr/bin/chromium";

    public async Task Start()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Quiet });
        Assertions.SetDefaultExpectTimeout(15_000);
    }

    /// <summary>Somebody who has never been here.</summary>
    public Task<IBrowserContext> Newcomer() => _browser!.NewContextAsync(new() { ReducedMotion = ReducedMotion.Reduce });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
