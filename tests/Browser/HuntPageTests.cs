using System.Text.RegularExpressions;

namespace TreasureHunt.Browser;

/// <summary>Tests of the page of a hunt.</summary>
public abstract partial class HuntPageTests
{
    protected RunningSite Site { get; }

    protected NewTreasure Lantern { get; } = new("Moonlit lantern", 3);

    protected HuntPageTests(RunningSite site)
    {
        Site = site;
        Site.AssertAvailable();
    }

    /// <summary>The URL of a hunt, not of its leaderboard.</summary>
    [GeneratedRegex("/v1/hunts/[^/]+$")]
    protected static partial Regex Hunts();
}
