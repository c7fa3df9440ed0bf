using System.Text.RegularExpressions;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>The log of the proxy: errors, and some of the refused requests.</summary>
public sealed partial class RefusalLineTests : EdgeTests
{
    /// <summary>Two threads of the proxy count at the same time, and may miss each other's refusals.</summary>
    private const int MaxLinesPerSecond = 120;

    [Fact]
    public async Task A_hundred_refused_requests_a_second_leave_a_line_and_each_error_leaves_one()
    {
        var proxy = await StartProxy();

        await Parallel.ForAsync(0, 1_500, async (_, _) => Assert.Equal("404 not-found", (await proxy.Get(Http, "/no-such-route")).Problem));
        await First.DisposeAsync();
        await Second.DisposeAsync();
        Assert.StartsWith("50", (await proxy.Post(Http, Claims)).Problem, StringComparison.Ordinal);

        await Poll.Until("the error is in the log", () =>
            proxy.Log.Any(line => line.Contains($"POST {Claims}", StringComparison.Ordinal)));
        var seconds = proxy.Log.Select(line => RefusedAt().Match(line)).Where(match => match.Success)
            .CountBy(match => match.Groups[1].Value);
        Assert.NotEmpty(seconds);
        Assert.All(seconds, second => Assert.InRange(second.Value, 1, MaxLinesPerSecond));
    }

    [GeneratedRegex("""\[(\S+)\.\d+\] .* 404 .*GET /no-such-route """)]
    private static partial Regex RefusedAt();
}
