namespace TreasureHunt.Browser;

/// <summary>The tests of the browser run one after the other.</summary>
[CollectionDefinition(nameof(BrowserGroup))]
public sealed class BrowserGroup;
