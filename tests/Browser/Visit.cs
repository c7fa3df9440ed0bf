using Microsoft.Playwright;

namespace TreasureHunt.Browser;

/// <summary>One visitor on the page of one hunt, in the words of the page.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    private Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, fault) => _faults.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _faults.Add(message.Text);
            }
        };
        page.Dialog += async (_, dialog) =>
        {
            _faults.Add($"a dialog said: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    public IPage Page { get; }
    public ILocator HuntName => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
    public ILocator Freshness => Page.Locator("#freshness");
    public ILocator Announcer => Page.GetByRole(AriaRole.Status);
    public ILocator Leaderboard => Page.GetByRole(AriaRole.Region, new() { Name = "Leaderboard" });
    public ILocator MyClaims => Page.GetByRole(AriaRole.Region, new() { Name = "My claims" });
    public ILocator Player => Page.Locator("#you-are strong");
    public ILocator Cards => Page.Locator(".card");

    public static async Task<Visit> To(RunningSite site, string huntId, Func<IPage, Task>? before = null)
    {
        var context = await site.Chromium.Newcomer();
        var visit = new Visit(context, await context.NewPageAsync());
        if (before is not null)
        {
            await before(visit.Page);
        }

        await visit.Page.GotoAsync(site.AddressOf(huntId));
        return visit;
    }

    public ILocator Card(NewTreasure treasure) => Page.Locator($"#treasure-{treasure.Id}");
    public ILocator ClaimButton(NewTreasure treasure) =>
        Page.GetByRole(AriaRole.Button, new() { Name = $"Claim for {treasure.Name}", Exact = true });
    public ILocator CluesButton(NewTreasure treasure) =>
        Page.GetByRole(AriaRole.Button, new() { Name = $"Clues for {treasure.Name}", Exact = true });
    public ILocator Proof(NewTreasure treasure) => Card(treasure).GetByLabel("Proof");
    public ILocator Outcome(NewTreasure treasure) => Card(treasure).Locator(".outcome");

    /// <summary>Whatever happened, nothing broke on the page and nothing was refused by its content policy.</summary>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_faults);
    }
}
