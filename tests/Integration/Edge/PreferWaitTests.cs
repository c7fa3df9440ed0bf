using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>The proxy reads Prefer as the Api does.</summary>
public sealed class PreferWaitTests : EdgeTests
{
    [Fact]
    public async Task The_proxy_and_the_Api_agree_on_Prefer_wait()
    {
        var proxy = await StartProxy();
        string[] pieces = [
            "wait", "WAIT", "foo", "=", "=", ",", ", ", ";", "\"", "\\", " ", "\t", "0", "5", "007", "99999999999", "-", "\"5\"", "wait=5",
            "x=\"a,b\"", "\\\""];
        var random = new Random(17);
        string[] headers =
        [
            "wait=05", "xwait=1", "wait=0", "wait=-1", "wait = 3", "Wait=3", "wait=\"3\"", "foo, wait=3;bar", "foo=\"wait=3\"",
            "foo=\"a, wait=3", "wait=no, wait=3", "wait, wait=3", ",,wait=3,,",
            .. Enumerable.Range(0, 500).Select(
                _ => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]))),
        ];

        foreach (var header in headers)
        {
            // As one header line and as two.
            await AssertAgreement(proxy, header, ("Prefer", header));
            await AssertAgreement(proxy, header, ("Prefer", "respond-async"), ("Prefer", header));
        }

        await AssertAgreement(
            proxy, "five lines", ("Prefer", "a"), ("Prefer", "b"), ("Prefer", "c"), ("Prefer", "d"), ("Prefer", "wait=5"));
    }

    private static async Task AssertAgreement(Proxy proxy, string header, params (string Name, string Value)[] lines)
    {
        // HttpClient would join several values of this header into one line.
        var request = string.Concat(lines.Select(line => $"{line.Name}: {line.Value}\r\n"));
        var text = await proxy.Raw($"POST {Claims} HTTP/1.1\r\nHost: x\r\n{request}Content-Length: 0\r\nConnection: close\r\n\r\n");
        var waits = text.Contains("\"pool\":\"waiting-claims\"", StringComparison.Ordinal);

        Assert.True(waits || text.Contains("\"pool\":\"claims\"", StringComparison.Ordinal), text);
        Assert.True(
            text.Contains($"\"waits\":{(waits ? "true" : "false")}", StringComparison.Ordinal),
            $"The proxy and the Api disagree on {header}: {text}");
    }
}
