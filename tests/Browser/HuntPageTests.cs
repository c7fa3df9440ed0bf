using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace TreasureHunt.Browser;

/// <summary>Tests of the page of a hunt.</summary>
public abstract partial class HuntPageTests
{
    /// <summary>A glob for the URL of a stream.</summary>
    protected const string Streams = "**/stream";

    protected RunningSite Site { get; }

    protected NewTreasure Lantern { get; } = new("Moonlit lantern", 3);

    protected HuntPageTests(RunningSite site)
    {
        Site = site;
        Site.AssertAvailable();
    }

    /// <summary>Refuses the stream, as a host with too many open streams does. The page then polls.</summary>
    protected static Task RefuseStream(IPage page) => page.RouteAsync(Streams, route => route.FulfillAsync(new()
    {
        Status = 503,
        ContentType = "application/problem+json",
        Headers = new Dictionary<string, string> { ["Retry-After"] = "1" },
        Body = """{ "type": "urn:treasure-hunt:problem:streams-full", "status": 503 }""",
    }));

    /// <summary>The URL of a hunt, not of its leaderboard.</summary>
    [GeneratedRegex("/v1/hunts/[^/]+$")]
    protected static partial Regex Hunts();
}
