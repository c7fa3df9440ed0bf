using System.Globalization;
using System.Text.RegularExpressions;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>Connections of operators are reserved.</summary>
public sealed class OperatorConnectionTests : EdgeTests
{
    [Fact]
    public async Task Operators_are_served_while_the_site_uses_all_its_connections()
    {
        Hold("reads");
        var proxy = await StartProxy(("HUNT_CONNECTIONS", "60"), ("HUNT_SITE_CONNECTIONS", "20"));

        var reads = Enumerable.Range(0, 30).Select(_ => Read(proxy, "/v1/hunts")).ToList();
        await WaitForRequests("the site uses all its connections", reads, () => Held("reads") == 20);

        // On new connections: an HTTP client might reuse an open one.
        foreach (var path in (string[])["/health", "/metrics", "/admin/lag"])
        {
            Assert.StartsWith(
                "HTTP/1.1 200 ", await proxy.Raw($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", proxy.Operators),
                StringComparison.Ordinal);
        }

        Assert.Equal(20, Held("reads"));
        Assert.All(reads, read => Assert.False(read.IsCompleted));
    }

    [Fact]
    public void The_default_configuration_reserves_connections_for_operators()
    {
        var configuration = RepositoryFiles.Read("deploy/haproxy/haproxy.cfg");

        Assert.InRange(Preset("HUNT_STREAMS") + Preset("HUNT_POLLS"), 1, Preset("HUNT_SITE_CONNECTIONS") * 2 / 3);
        Assert.InRange(
            Preset("HUNT_CONNECTIONS") - Preset("HUNT_SITE_CONNECTIONS"), Number("(?s)\nfrontend operators .*?\n  maxconn (\\d+)"),
            int.MaxValue);
        Assert.Contains("\n  maxconn \"${HUNT_CONNECTIONS}\"\n", configuration, StringComparison.Ordinal);
        Assert.Matches("(?s)\nfrontend site .*?\n  maxconn \"\\$\\{HUNT_SITE_CONNECTIONS\\}\"\n", configuration);

        int Preset(string name) => Number($"\n  presetenv {name} (\\d+)\n");
        int Number(string pattern) => int.Parse(Regex.Match(configuration, pattern).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private Task<ApiResponse> Read(Proxy proxy, string path, params (string Name, string Value)[] headers) =>
        proxy.Send(Http, HttpMethod.Get, path, null, headers);
}
