using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

/// <summary>The page shows clues.</summary>
[Collection(nameof(BrowserGroup))]
public sealed class PageClueTests(RunningSite site) : HuntPageTests(site)
{
    [Fact]
    public async Task Clues_open_on_demand_and_names_are_never_markup()
    {
        const string markup = "<img src=x onerror=alert(1)><b>Bold</b>";
        var box = new NewTreasure(markup, 2, null, "Where the river bends", markup);
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt(markup, box));
        await Expect(huntPage.HuntName).ToHaveTextAsync(markup);
        await Expect(huntPage.Card(box)).Not.ToContainTextAsync("Where the river bends");

        await huntPage.CluesButton(box).ClickAsync();

        await Expect(huntPage.CluesButton(box)).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(huntPage.Card(box)).ToContainTextAsync("Where the river bends");
        await Expect(huntPage.Card(box)).ToContainTextAsync(markup);
        await Expect(huntPage.Card(box).Locator("b, img")).ToHaveCountAsync(0);
    }
}
