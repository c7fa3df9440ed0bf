using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using StackExchange.Redis;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Faults.Load;

/// <summary>
/// One address that takes all it can get: connections that watch a hunt and read nothing, that wait for an outcome that never comes, and
/// that send a body byte by byte. One that is turned away, or ended, tries again after a while. Tries are spread over time: thousands at
/// once would take the machine's two processors from the others, which is no matter of the engine.
/// </summary>
internal sealed class GreedySource : IAsyncDisposable
{
    private const string Player = "greedy";
    private const int Streams = 5_000;
    private const int LongPolls = 300;
    private const int SlowBodies = 2_000;

    /// <summary>An address of this machine that nobody else comes from.</summary>
    private static readonly IPEndPoint Source = new(IPAddress.Parse("127.0.0.66"), 0);

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenBytes = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions Json = new(
        JsonSerializerDefaults.Web)
    { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly CancellationTokenSource _end = new();
    private Task _all = Task.CompletedTask;
    private int _tries;
    private int _open;

    private GreedySource()
    {
    }

    /// <summary>Connections that are open right now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Begins, and ends when each connection was tried once.</summary>
    public static async Task<GreedySource> Start(Tokens tokens, string huntId, string treasureId, DateTimeOffset now)
    {
        var claimId = await Undecided(treasureId, now);
        var greedy = new GreedySource();
        var head = $"HTTP/1.1\r\nHost: hunt\r\nAuthorization: Bearer {tokens.Player(Player)}\r\n";
        var stream = $"GET /v1/hunts/{huntId}/stream {head}\r\n";
        var longPoll = $"GET /v1/claims/{claimId} {head}Prefer: wait=30\r\n\r\n";
        var slowBody = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v1/treasures/{treasureId}/claims {head}Idempotency-Key: greedy\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n");
        var requests = Enumerable.Repeat(stream, Streams).Concat(Enumerable.Repeat(longPoll, LongPolls)).Concat(
            Enumerable.Repeat(slowBody, SlowBodies));
        var dice = new Random(Streams);
        greedy._all = Task.WhenAll(
            requests.Select(
                request => greedy.Take(Encoding.ASCII.GetBytes(request), isSlow: request == slowBody, BetweenTries * dice.NextDouble()))
                    .ToList());
        await Until.True("each connection was tried", () => Volatile.Read(ref greedy._tries) >= Streams + LongPolls + SlowBodies);
        return greedy;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _all;
        _end.Dispose();
    }

    // A claim that the read model takes for accepted and not decided; nobody has sent it, so nobody decides it.
    private static async Task<Guid> Undecided(string treasureId, DateTimeOffset now)
    {
        var claimId = Ids.ForClaim(Player, treasureId, "never sent");
        var view = new ClaimView(claimId, treasureId, "", Player, Outcomes.Pending, AcceptedAt: now);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(ServerAddresses.Setting(ServerAddresses.RedisReadModels));
        await redis.GetDatabase().StringSetAsync(
            new ReadModelKeys(ServerAddresses.Setting("ReadModels__Prefix")).Pending(claimId), $"0|{JsonSerializer.Serialize(view, Json)}",
            TimeSpan.FromMinutes(30));
        return claimId;
    }

    private async Task Take(byte[] request, bool isSlow, TimeSpan firstAfter)
    {
        await Pause(firstAfter);
        for (var isFirst = true; !_end.IsCancellationRequested; isFirst = false)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var counted = false;
            try
            {
                socket.Bind(Source);
                await socket.ConnectAsync(
                    new IPEndPoint(IPAddress.Parse(ServerAddresses.Site.Host), ServerAddresses.Site.Port), _end.Token);
                await socket.SendAsync(request, _end.Token);
                Interlocked.Increment(ref _open);
                counted = true;
                CountTry(isFirst);
                await (isSlow ? Drip(socket) : Linger(socket));
            }
            catch (SocketException)
            {
                // It was turned away or ended: whether enough stayed open, the fault itself judges.
            }
            catch (OperationCanceledException)
            {
            }

            if (counted)
            {
                Interlocked.Decrement(ref _open);
            }
            else
            {
                CountTry(isFirst);
            }

            socket.Dispose();
            await Pause(BetweenTries);
        }
    }

    private void CountTry(bool isFirst) => Interlocked.Add(ref _tries, isFirst ? 1 : 0);

    private async Task Pause(TimeSpan span) => await Task.Delay(span, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    // What comes is read, or the answer would count as one that nobody takes.
    private async Task Linger(Socket socket)
    {
        var buffer = new byte[256];
        while (await socket.ReceiveAsync(buffer, _end.Token) > 0)
        {
        }
    }

    private async Task Drip(Socket socket)
    {
        while (true)
        {
            await socket.SendAsync("{"u8.ToArray(), _end.Token);
            await Task.Delay(BetweenBytes, _end.Token);
        }
    }
}
