using System;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TreasureHunt.Platform.Memcached.Connections;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached;

/// <summary>
/// A cache over one or more memcached servers (1.6, for its meta protocol), with leases: of all that miss a key, one is told to fetch and
/// fill it, and a fill that comes late, after somebody else wrote, is not stored.
/// <para>Keys are 1 to 250 visible ASCII characters (no space). Values are 1 byte to <see cref="MemcachedOptions.MaxValueBytes"/>.
/// Times to live are 1 second to 30 days, rounded up to whole seconds.</para>
/// <para>Every operation throws <see cref="MemcachedException"/> when the cache cannot answer, <see cref="ArgumentException"/> for a key,
/// value or time out of range, and <see cref="OperationCanceledException"/>; a request that was given up may still take effect.</para>
/// </summary>
public sealed class MemcachedClient : IAsyncDisposable
{
    private readonly MemcachedOptions _options;
    private readonly TimeProvider _clock;
    private readonly MemcachedServer[] _servers;
    private readonly Rendezvous _rendezvous;
    private bool _disposed;

    /// <summary>Begins to connect; until there is a connection, operations fail at once.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public MemcachedClient(MemcachedOptions options, TimeProvider? clock = null, ILogger<MemcachedClient>? log = null)
    {
        options.Validate();
        (_options, _clock) = (options, clock ?? TimeProvider.System);
        _servers = [.. options.Servers.Select(name => new MemcachedServer(name, options, _clock, (ILogger?)log ?? NullLogger.Instance))];
        _rendezvous = new Rendezvous(options.Servers);
    }

    /// <summary>The largest value that can be written, in bytes.</summary>
    public int MaxValueBytes => _options.MaxValueBytes;

    /// <summary>Reads a key. On a miss, and on a stale hit, one caller gets a lease and should <see cref="FillAsync"/>.</summary>
    public async ValueTask<CacheRead> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        var reply = await SendAsync(new Request(Verb.Get, key, SecondsOf(_options.LeaseTime)), cancellationToken);
        var lease = reply.Won ? reply.Seen : null;
        return reply.IsHit
            ? new CacheRead(CacheStatus.Hit, reply.Value, reply.Stale, lease)
            : new CacheRead(CacheStatus.Miss, default, Stale: false, lease);
    }

    /// <summary>Writes a key, whatever is there; every lease on it ends.</summary>
    public async ValueTask SetAsync(
        string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
        await SendAsync(new Request(Verb.Set, key, SecondsOf(timeToLive), Checked(value)), cancellationToken);

    /// <summary>Writes the value that the lease was given for.</summary>
    /// <returns>False when the lease has ended; then nothing is stored, and nothing need be done.</returns>
    public async ValueTask<bool> FillAsync(
        string key, CacheLease lease, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        var reply = await SendAsync(new Request(Verb.Fill, key, SecondsOf(timeToLive), Checked(value), lease), cancellationToken);
        return reply.Code == ReplyCode.Done;
    }

    /// <summary>
    /// Marks a key's value stale: for <see cref="MemcachedOptions.StaleTime"/> it is still served, while the first reader gets a lease
    /// to fetch a new one. Every lease given before ends.
    /// </summary>
    /// <returns>False when nothing was there.</returns>
    public async ValueTask<bool> MarkStaleAsync(string key, CancellationToken cancellationToken = default)
    {
        var reply = await SendAsync(new Request(Verb.MarkStale, key, SecondsOf(_options.StaleTime)), cancellationToken);
        return reply.Code == ReplyCode.Done;
    }

    /// <summary>Removes a key; every lease on it ends.</summary>
    /// <returns>False when nothing was there.</returns>
    public async ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        var reply = await SendAsync(new Request(Verb.Delete, key), cancellationToken);
        return reply.Code == ReplyCode.Done;
    }

    /// <summary>Whether every server answers, each within <see cref="MemcachedOptions.Timeout"/>.</summary>
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

    /// <summary>Ends when there is a connection to every server; for those who would rather wait than go on without.</summary>
    public Task WaitUntilConnectedAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(_servers.Select(server => server.WaitUntilConnectedAsync(cancellationToken)));

    /// <summary>Closes the connections; what still waits for a reply fails as disconnected.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    internal ValueTask<Reply> SendAsync(in Request request, CancellationToken cancellationToken)
    {
        CacheKey.Check(request.Key);
        return SendAsync(_servers[_rendezvous.ServerOf(request.Key)], request, cancellationToken);
    }

    /// <exception cref="ArgumentException">The value is empty or too large.</exception>
    internal ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> value) =>
        value.Length >= 1 && value.Length <= _options.MaxValueBytes
            ? value
            : throw new ArgumentException($"A value is 1 to {_options.MaxValueBytes} bytes; this has {value.Length}.", nameof(value));

    /// <exception cref="ArgumentOutOfRangeException">
    /// Less than a second or more than 30 days (which memcached would take for a date).
    /// </exception>
    internal static int SecondsOf(TimeSpan timeToLive) =>
        timeToLive >= TimeSpan.FromSeconds(1) && timeToLive <= TimeSpan.FromDays(30)
            ? (int)Math.Ceiling(timeToLive.TotalSeconds)
            : throw new ArgumentOutOfRangeException(nameof(timeToLive), timeToLive, "A time to live is 1 second to 30 days.");

    private async ValueTask<Reply> SendAsync(MemcachedServer server, Request request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var started = _clock.GetTimestamp();
        try
        {
            var reply = await server.SendAsync(request, cancellationToken);
            Metrics.Answered(request.Verb, reply, _clock.GetElapsedTime(started));
            return reply.Code == ReplyCode.Refused
                ? throw new MemcachedException(MemcachedFailure.Refused, $"Memcached refused: {reply.Refusal}.")
                : reply;
        }
        catch (MemcachedException e) when (e.Failure != MemcachedFailure.Refused)
        {
            Metrics.Failed(request.Verb, e.Failure, _clock.GetElapsedTime(started));
            throw;
        }
    }
}
