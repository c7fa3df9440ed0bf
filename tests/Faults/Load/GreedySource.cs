using System.Globalization;
using System.Text;
using TreasureHunt.Faults.Servers;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Faults.Load;

/// <summary>
/// One address that opens thousands of connections: streams that read slowly, long polls for a claim that stays pending, and slow bodies.
/// Attempts are spread over a minute, because thousands at once would use up the processors that other callers need.
/// </summary>
internal sealed class GreedySource : IAsyncDisposable
{
    private const string Player = "greedy";
    private const int Streams = 5_000;
    private const int LongPolls = 300;
    private const int SlowBodies = 2_000;

    /// <summary>Connections that the source tries to keep open.</summary>
    public const int Connections = Streams + LongPolls + SlowBodies;

    private readonly CancellationTokenSource _end = new();
    private readonly ConnectionCounter _counter = new();
    private Task _all = Task.CompletedTask;

    private GreedySource()
    {
    }

    public int OpenConnections => _counter.Open;

    /// <summary>Ends when each connection was tried once. The source goes on until it is disposed.</summary>
    public static async Task<GreedySource> Start(TokenFactory tokens, string huntId, string treasureId, DateTimeOffset now)
    {
        var claimId = await UndecidedClaim.Create(Player, treasureId, now);
        var source = new GreedySource();
        var head = $"HTTP/1.1\r\nHost: hunt\r\nAuthorization: Bearer {tokens.Player(Player)}\r\n";
        var stream = $"GET /v1/hunts/{huntId}/stream {head}\r\n";
        var longPoll = $"GET /v1/claims/{claimId} {head}Prefer: wait=30\r\n\r\n";
        var slowBody = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v1/treasures/{treasureId}/claims {head}Idempotency-Key: greedy\r\n"
                + $"Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n");
        var requests = Enumerable.Repeat(stream, Streams).Concat(Enumerable.Repeat(longPoll, LongPolls)).Concat(
            Enumerable.Repeat(slowBody, SlowBodies));
        var random = new Random(Streams);
        source._all = Task.WhenAll(requests
            .Select(request => new GreedyConnection(Encoding.ASCII.GetBytes(request), isSlowBody: request == slowBody, source._counter)
                .Run(GreedyConnection.RetryInterval * random.NextDouble(), source._end.Token))
            .ToList());
        await Poll.Until("each connection was tried", () => source._counter.Tried >= Connections);
        return source;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _all;
        _end.Dispose();
    }
}
