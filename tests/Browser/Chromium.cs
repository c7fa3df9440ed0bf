using Microsoft.Playwright;

namespace TreasureHunt.Browser;

/// <summary>The installed Chromium, without a window.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Arguments =
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
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Arguments });
        Assertions.SetDefaultExpectTimeout(15_000);
    }

    /// <summary>Creates the browser context of a new visitor.</summary>
    public Task<IBrowserContext> NewVisitor() => _browser!.NewContextAsync(new() { ReducedMotion = ReducedMotion.Reduce });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
