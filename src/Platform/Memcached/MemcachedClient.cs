using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TreasureHunt.Platform.Memcached.Connections;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached;

/// <summary>
/// A cache over one or more memcached servers (1.6, for its meta protocol), with leases: of all callers that miss a key, one gets a lease
/// to fetch and fill it. A late fill, after another client has written the key, is not stored.
/// <para>Keys are 1 to 250 visible ASCII characters (no space). Values are 1 byte to <see cref="MemcachedOptions.MaxValueBytes"/>.
/// Times to live are 1 second to 30 days, rounded up to whole seconds.</para>
/// <para>Every operation throws <see cref="MemcachedException"/> when the cache does not answer, <see cref="ArgumentException"/> for a key,
/// value or time out of range, and <see cref="OperationCanceledException"/> for a cancelled one. That one may still take effect.</para>
/// </summary>
public sealed class MemcachedClient : IAsyncDisposable
{
    private static readonly TimeSpan MinTimeToLive = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(30);

    private readonly MemcachedOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly MemcachedServer[] _servers;
    private readonly RendezvousHash _serverOf;
    private bool _isDisposed;

    /// <summary>Starts to connect in the background. Without a connection, operations fail at once.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public MemcachedClient(MemcachedOptions options, TimeProvider? timeProvider = null, ILogger<MemcachedClient>? logger = null)
    {
        options.Validate();
        (_options, _timeProvider) = (options, timeProvider ?? TimeProvider.System);
        ILogger log = logger ?? NullLogger<MemcachedClient>.Instance;
        _servers = [.. options.Servers.Select(name => new MemcachedServer(name, options, _timeProvider, log))];
        _serverOf = new RendezvousHash(options.Servers);
    }

    /// <summary>The largest value that can be written, in bytes.</summary>
    public int MaxValueBytes => _options.MaxValueBytes;

    /// <summary>Reads a key. On a miss, one caller gets a lease and should call <see cref="FillAsync"/>.</summary>
    public async ValueTask<CacheRead> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        var reply = await SendAsync(new Request(Verb.Get, key, ToSeconds(_options.LeaseTtl)), cancellationToken);
        var lease = reply.IsLeaseWon ? reply.Lease : null;
        return reply.IsHit ? new CacheRead(CacheStatus.Hit, reply.Value, lease) : new CacheRead(CacheStatus.Miss, default, lease);
    }

    /// <summary>Writes the value that the lease was given for.</summary>
    /// <returns>False when the lease is no longer valid; then the value is not stored.</returns>
    public async ValueTask<bool> FillAsync(
        string key, CacheLease lease, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        ValidateValue(value);
        var reply = await SendAsync(new Request(Verb.Fill, key, ToSeconds(timeToLive), value, lease), cancellationToken);
        return reply.Code == ReplyCode.Done;
    }

    /// <summary>Returns whether every server answers, each within <see cref="MemcachedOptions.Timeout"/>.</summary>
    public async ValueTask<bool> IsAliveAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var server in _servers)
            {
                await SendAsync(server, new Request(Verb.Ping, ""), cancellationToken);
            }

            return true;
        }
        catch (MemcachedException)
        {
            return false;
        }
    }

    /// <summary>Closes the connections. Requests without a reply fail as disconnected.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    internal ValueTask<Reply> SendAsync(in Request request, CancellationToken cancellationToken)
    {
        CacheKey.Validate(request.Key);
        return SendAsync(_servers[_serverOf.IndexOf(request.Key)], request, cancellationToken);
    }

    /// <exception cref="ArgumentException">The value is empty or too large.</exception>
    internal void ValidateValue(ReadOnlyMemory<byte> value)
    {
        if (value.Length < 1 || value.Length > _options.MaxValueBytes)
        {
            throw new ArgumentException($"A value is 1 to {_options.MaxValueBytes} bytes; this one has {value.Length}.", nameof(value));
        }
    }

    /// <summary>A time to live in whole seconds. Memcached takes more than 30 days for a date.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than a second or more than 30 days.</exception>
    internal static int ToSeconds(TimeSpan timeToLive) =>
        timeToLive >= MinTimeToLive && timeToLive <= MaxTimeToLive
            ? (int)Math.Ceiling(timeToLive.TotalSeconds)
            : throw new ArgumentOutOfRangeException(nameof(timeToLive), timeToLive, "A time to live is 1 second to 30 days.");

    private async ValueTask<Reply> SendAsync(MemcachedServer server, Request request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var started = _timeProvider.GetTimestamp();
        try
        {
            var reply = await server.SendAsync(request, cancellationToken);
            MemcachedMetrics.RecordReply(request.Verb, reply, _timeProvider.GetElapsedTime(started));
            return reply.Code == ReplyCode.Refused
                ? throw new MemcachedException(MemcachedFailure.Refused, $"Memcached refused the request: {reply.Refusal}.")
                : reply;
        }
        catch (MemcachedException exception) when (exception.Failure != MemcachedFailure.Refused)
        {
            MemcachedMetrics.RecordFailure(request.Verb, exception.Failure, _timeProvider.GetElapsedTime(started));
            throw;
        }
    }
}
