using Microsoft.Playwright;

namespace TreasureHunt.Browser;

/// <summary>The page of a hunt in the browser of one visitor.</summary>
public sealed class HuntPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    private HuntPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _errors.Add(message.Text);
            }
        };
        page.Dialog += async (_, dialog) =>
        {
            _errors.Add($"a dialog said: {dialog.Message}");
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

    public static async Task<HuntPage> To(RunningSite site, string huntId, Func<IPage, Task>? before = null)
    {
        var context = await site.Chromium.NewVisitor();
        var huntPage = new HuntPage(context, await context.NewPageAsync());
        if (before is not null)
        {
            await before(huntPage.Page);
        }

        await huntPage.Page.GotoAsync(site.AddressOf(huntId));
        return huntPage;
    }

    public ILocator Card(NewTreasure treasure) => Page.Locator($"#treasure-{treasure.Id}");
    public ILocator ClaimButton(NewTreasure treasure) =>
        Page.GetByRole(AriaRole.Button, new() { Name = $"Claim for {treasure.Name}", Exact = true });
    public ILocator CluesButton(NewTreasure treasure) =>
        Page.GetByRole(AriaRole.Button, new() { Name = $"Clues for {treasure.Name}", Exact = true });
    public ILocator Proof(NewTreasure treasure) => Card(treasure).GetByLabel("Proof");
    public ILocator Outcome(NewTreasure treasure) => Card(treasure).Locator(".outcome");

    /// <summary>Closes the page and asserts that it raised no error and that its content security policy blocked nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_errors);
    }
}
