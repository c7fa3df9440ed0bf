using System.Net;
using System.Net.Sockets;
using System.Text;
using TreasureHunt.Cli;
using TreasureHunt.Load;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Tokens;
using TreasureHunt.Specs.Cli;
using Xunit;

namespace TreasureHunt.Specs.Load;

/// <summary>Callers and a server on loopback that responds to each request immediately.</summary>
public sealed class CallerPoolSpecs : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private int _accepted;

    [Fact]
    public async Task A_rate_limited_run_ends_while_callers_still_wait_for_a_request()
    {
        _server.Start();
        _ = Serve();
        using var callers = Make();

        // One caller sends the last request while the other seven wait.
        var tally =
            await callers.OpenAsync(Scenarios.Fifty, "run", 1, callers: 8, TimeSpan.FromMilliseconds(200), rate: 100).WaitAsync(
                Timeout, TestContext.Current.CancellationToken);

        Assert.Equal(20, tally.Statuses[200]);
    }

    [Fact]
    public async Task A_shed_request_is_repeated_and_its_latency_includes_the_wait()
    {
        _server.Start();
        _ = Serve("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 2\r\n\r\n{}");
        // The real clock of timers is coarser than the one that measures: a wait of a second may be measured as less.
        using var callers = Make(new AutoAdvancingTime(), repeatFor: TimeSpan.FromMinutes(1));

        var tally =
            await callers.OpenAsync(Scenarios.Fifty, "run", 1, callers: 1, TimeSpan.FromMilliseconds(100), rate: 10).WaitAsync(
                Timeout, TestContext.Current.CancellationToken);

        Assert.Equal((1, 1), (tally.Statuses[200], tally.Retried));
        Assert.InRange(tally.Claims.Max, 1_000, double.MaxValue);
    }

    [Fact]
    public async Task Callers_that_take_turns_have_a_connection_each()
    {
        _server.Start();
        _ = Serve();
        using var callers = Make(takesTurns: true);

        await callers.OpenAsync(Scenarios.Fifty, "run", 1, callers: 8, TimeSpan.FromMilliseconds(200), rate: 100).WaitAsync(
            Timeout, TestContext.Current.CancellationToken);

        Assert.Equal(8, _accepted);
    }

    public void Dispose() => _server.Dispose();

    private CallerPool Make(TimeProvider? time = null, TimeSpan repeatFor = default, bool takesTurns = false) => new(
        (IPEndPoint)_server.LocalEndpoint,
        new PlayerRequests(
            new TokenFactory(
                CliSettings.FromEnvironment(name => name == "Auth__Players__SigningKey" ? new string('k', 32) : null).IssuerOf,
                TimeProvider.System)),
        time ?? TimeProvider.System)
    { RetryTimeout = repeatFor, TakesTurns = takesTurns };

    private async Task Serve(params string[] first)
    {
        var responses = new Queue<string>(first);
        while (true)
        {
            var connection = await _server.AcceptSocketAsync(TestContext.Current.CancellationToken);
            _accepted++;
            _ = Answer(connection, responses);
        }
    }

    private static async Task Answer(Socket connection, Queue<string> first)
    {
        var request = new byte[4096];
        using (connection)
        {
            while (await connection.ReceiveAsync(request) > 0)
            {
                await connection.SendAsync(
                    Encoding.ASCII.GetBytes(
                        first.TryDequeue(out var response) ? response : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
            }
        }
    }
}
