using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>The proxy uses its connections to the Apis again.</summary>
public sealed partial class HostConnectionTests : EdgeTests
{
    [Fact]
    public async Task Claims_open_no_new_connection_to_an_Api_while_most_connections_of_the_site_are_open()
    {
        var proxy = await StartProxy(("HUNT_CONNECTIONS", "100"), ("HUNT_SITE_CONNECTIONS", "80"), ("HUNT_CLAIM_BALANCE", "first"));
        var callers = new List<TcpClient>();
        try
        {
            for (var caller = 0; caller < 70; caller++)
            {
                callers.Add(await proxy.Connect());
            }

            // The first request of a caller's connection opens one.
            Assert.Equal("200", (await proxy.Post(Http, Claims)).Problem);
            var opened = await OpenedConnections(proxy);
            for (var claim = 0; claim < 10; claim++)
            {
                Assert.Equal("200", (await proxy.Post(Http, Claims)).Problem);
            }

            Assert.Equal(opened, await OpenedConnections(proxy));
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }
    }

    private async Task<long> OpenedConnections(Proxy proxy) =>
        Attempts().Matches(await Http.GetStringAsync(new Uri(proxy.Operators, "/metrics")))
            .Sum(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("""(?m)^haproxy_server_connection_attempts_total\{proxy="claims",[^}]*\} (\d+)$""")]
    private static partial Regex Attempts();
}
