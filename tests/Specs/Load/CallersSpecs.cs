using System.Net;
using System.Net.Sockets;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Token;
using TreasureHunt.Load;
using Xunit;

namespace TreasureHunt.Specs.Load;

/// <summary>Callers against a server on loopback that answers each request at once.</summary>
public sealed class CallersSpecs : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task A_run_at_a_rate_ends_when_its_callers_wait_for_a_request_that_never_comes()
    {
        _server.Start();
        _ = Serve();
        using var callers = new Callers((IPEndPoint)_server.LocalEndpoint, new Crowd(new Tokens(Settings.Read(name => name == "Auth__Players__SigningKey" ? new string('k', 32) : null), TimeProvider.System)), TimeProvider.System);

        // Eight callers, and a request every 10 ms that is answered at once: all but one wait when the last has been sent.
        var tally = await callers.Open(Scenario.Fifty, "run", 1, callers: 8, TimeSpan.FromMilliseconds(200), rate: 100).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(20, tally.Statuses[200]);
    }

    public void Dispose() => _server.Dispose();

    private async Task Serve()
    {
        while (true)
        {
            var connection = await _server.AcceptSocketAsync(TestContext.Current.CancellationToken);
            _ = Answer(connection);
        }
    }

    private static async Task Answer(Socket connection)
    {
        var request = new byte[4096];
        using (connection)
        {
            while (await connection.ReceiveAsync(request) > 0)
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray());
            }
        }
    }
}
