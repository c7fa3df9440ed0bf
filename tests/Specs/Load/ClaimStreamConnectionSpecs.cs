using System.Net;
using System.Net.Sockets;
using System.Text;
using TreasureHunt.LoadGenerator;
using TreasureHunt.LoadGenerator.Http;
using Xunit;

namespace TreasureHunt.Specs.Load;

/// <summary>The load generator's claim stream and a server on loopback.</summary>
public sealed class ClaimStreamConnectionSpecs : IDisposable
{
    private const string Header = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public ClaimStreamConnectionSpecs() => _server.Start();

    // In pieces of one byte, and in one.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Lines_are_read_across_chunks_and_packets(int packetBytes)
    {
        var serving = Serve(Header + "8\r\none\ntwo,\r\n1\r\n,\r\n6\r\n,two\nt\r\n5\r\nhree\n\r\n", packetBytes);

        using var stream = await ClaimStreamConnection.OpenAsync((IPEndPoint)_server.LocalEndpoint, "token");
        var lines = new List<string>();
        for (var n = 0; n < 3; n++)
        {
            lines.Add(Encoding.ASCII.GetString((await stream.ReadLineAsync()).Span));
        }

        Assert.Equal(["one", "two,,,two", "three"], lines);
        await serving;
    }

    [Theory]
    [InlineData(Header + "4\r\none\n\r\n0\r\n\r\n")]
    [InlineData(Header + "4\r\none\n\r\n")]
    public async Task The_end_of_a_stream_is_an_error(string response)
    {
        var serving = Serve(response, 1000);

        using var stream = await ClaimStreamConnection.OpenAsync((IPEndPoint)_server.LocalEndpoint, "token");
        await stream.ReadLineAsync();

        await Assert.ThrowsAsync<LoadException>(async () => await stream.ReadLineAsync());
        await serving;
    }

    [Fact]
    public async Task A_refused_stream_is_an_error()
    {
        var serving = Serve("HTTP/1.1 503 Service Unavailable\r\n\r\n", 1000);

        await Assert.ThrowsAsync<LoadException>(() => ClaimStreamConnection.OpenAsync((IPEndPoint)_server.LocalEndpoint, "token"));
        await serving;
    }

    public void Dispose() => _server.Dispose();

    private async Task Serve(string response, int packetBytes)
    {
        using var client = await _server.AcceptSocketAsync(TestContext.Current.CancellationToken);
        client.NoDelay = true;
        await client.ReceiveAsync(new byte[4096]);
        foreach (var packet in Encoding.ASCII.GetBytes(response).Chunk(packetBytes))
        {
            await client.SendAsync(packet);
        }
    }
}
