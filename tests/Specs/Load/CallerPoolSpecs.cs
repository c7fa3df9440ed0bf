using System.Net;
using System.Net.Sockets;
using System.Text;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Token;
using TreasureHunt.Load;
using Xunit;

namespace TreasureHunt.Specs.Load;

/// <summary>Callers against a server on loopback that answers each request at once.</summary>
public sealed class CallerPoolSpecs : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task A_run_at_a_rate_ends_when_its_callers_wait_for_a_request_that_never_comes()
    {
        _server.Start();
        _ = Serve();
        using var callers = Make();

        // Eight callers, and a request every 10 ms that is answered at once: all but one wait when the last has been sent.
        var tally =
            await callers.OpenAsync(Scenario.Fifty, "run", 1, callers: 8, TimeSpan.FromMilliseconds(200), rate: 100).WaitAsync(
                Timeout, TestContext.Current.CancellationToken);

        Assert.Equal(20, tally.Statuses[200]);
    }

    [Fact]
    public async Task A_caller_that_is_turned_away_sends_its_request_again_and_its_time_goes_on()
    {
        _server.Start();
        _ = Serve("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 2\r\n\r\n{}");
        using var callers = Make(repeatFor: TimeSpan.FromMinutes(1));

        var tally =
            await callers.OpenAsync(Scenario.Fifty, "run", 1, callers: 1, TimeSpan.FromMilliseconds(100), rate: 10).WaitAsync(
                Timeout, TestContext.Current.CancellationToken);

        Assert.Equal((1, 1), (tally.Statuses[200], tally.Repeated));
        Assert.InRange(tally.Claims.Max, 1_000, double.MaxValue);
    }

    public void Dispose() => _server.Dispose();

    private CallerPool Make(TimeSpan repeatFor = default) => new(
        (IPEndPoint)_server.LocalEndpoint,
        new BenchPlayers(
            new Tokens(CliSettings.Read(name => name == "Auth__Players__SigningKey" ? new string('k', 32) : null), TimeProvider.System)),
        TimeProvider.System)
    { RepeatFor = repeatFor };

    private async Task Serve(params string[] first)
    {
        var answers = new Queue<string>(first);
        while (true)
        {
            var connection = await _server.AcceptSocketAsync(TestContext.Current.CancellationToken);
            _ = Answer(connection, answers);
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
                    Encoding.ASCII.GetBytes(first.TryDequeue(out var answer) ? answer : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
            }
        }
    }
}
