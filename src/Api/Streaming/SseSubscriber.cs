using System.Buffers;
using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// One client of a stream. It holds only the version of the state that the client has. The client gets the next changes when all earlier
/// ones have been sent; changes in between are not kept. A client that accepts no bytes for <see cref="WriteTimeout"/> is dropped. A
/// client on a slow connection gets its bytes in chunks.
/// </summary>
/// <remarks>The claims of its player are sent before the changes of the hunt: a busy hunt has changes in every round.</remarks>
/// <param name="body">The response body. Only this object writes to it, and not after <see cref="Close"/>.</param>
/// <param name="claims">The claims of the client's player; null for a client without one.</param>
/// <param name="until">When the client's token ends, and the stream with it.</param>
public sealed class SseSubscriber(
    PipeWriter body, TimeProvider timeProvider, StreamedClaims? claims = null, DateTimeOffset? until = null)
{
    /// <summary>How long a client may accept no bytes.</summary>
    public static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The longest time without bytes: the client and the proxies must not take the connection for dead.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <summary>Bytes of one write. A client must accept at least one chunk in each <see cref="WriteTimeout"/>.</summary>
    private const int ChunkBytes = 16 * 1024;

    private static readonly Counter<int> DroppedStreams = HuntTelemetry.Meter.CreateCounter<int>(
        "treasurehunt_streams_dropped", description: "Event streams ended because their client was too slow");

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<FlushResult>? _write;
    private long _progressAt;
    private long _version;
    private long _claimsVersion;

    /// <summary>Completes when the client has disconnected, is dropped, or <see cref="Close"/> is called.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Whether the client is dropped because it is too slow.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>Whether the client has not accepted all bytes.</summary>
    public bool HasUnsentBytes => _write is { IsCompleted: false };

    /// <summary>Sends the first events.</summary>
    /// <param name="preamble">Bytes that precede them.</param>
    public void Start(ReadOnlySpan<byte> preamble, StateDelta delta)
    {
        lock (_lock)
        {
            body.Write(preamble);
            Write(delta.Bytes);
            _version = delta.Version;
        }
    }

    /// <summary>Sends the changes since the last call, if the client has accepted all earlier bytes. It never blocks.</summary>
    public void SendChanges(HuntStreamState state)
    {
        lock (_lock)
        {
            // No state has the version 0: this client has not started.
            if (_closed.Task.IsCompleted || _version == 0)
            {
                return;
            }

            if (timeProvider.GetUtcNow() >= until)
            {
                _closed.TrySetResult();
                return;
            }

            var sinceProgress = timeProvider.GetElapsedTime(_progressAt);
            if (_write is { IsCompleted: false })
            {
                if (sinceProgress >= WriteTimeout)
                {
                    IsDropped = _closed.TrySetResult();
                    DroppedStreams.Add(IsDropped ? 1 : 0);
                }
            }
            else if (_write is { IsCompletedSuccessfully: false } or { Result.IsCompleted: true })
            {
                _closed.TrySetResult();
            }
            else
            {
                WriteChanges(state);
                if (!HasUnsentBytes && timeProvider.GetElapsedTime(_progressAt) >= HeartbeatInterval)
                {
                    Write(SseEvents.KeepAlive);
                }
            }
        }
    }

    /// <summary>Ends the stream. Nothing is written to it after this method returns.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed.TrySetResult();
        }
    }

    private void WriteChanges(HuntStreamState state)
    {
        if (claims is not null && _claimsVersion < claims.Version)
        {
            var delta = claims.ChangesSince(_claimsVersion);
            Write(delta.Bytes);
            _claimsVersion = delta.Version;
        }

        // A write in progress must end first.
        if (!HasUnsentBytes && _version < state.Version)
        {
            var delta = state.ChangesSince(_version);
            Write(delta.Bytes);
            _version = delta.Version;
        }
    }

    private void Write(ReadOnlyMemory<byte> bytes)
    {
        var flush = WriteChunkAsync(ref bytes);
        // A task is allocated only for a write that does not complete at once.
        while (flush is { IsCompletedSuccessfully: true, Result.IsCompleted: false } && bytes.Length > 0)
        {
            flush = WriteChunkAsync(ref bytes);
        }

        _write = flush is { IsCompletedSuccessfully: true, Result.IsCompleted: false } ? null : WriteRestAsync(flush.AsTask(), bytes);
    }

    private async Task<FlushResult> WriteRestAsync(Task<FlushResult> flush, ReadOnlyMemory<byte> rest)
    {
        while (true)
        {
            var result = await flush.ConfigureAwait(false);
            lock (_lock)
            {
                _progressAt = timeProvider.GetTimestamp();
                if (rest.Length == 0 || result.IsCompleted || _closed.Task.IsCompleted)
                {
                    return result;
                }

                flush = WriteChunkAsync(ref rest).AsTask();
            }
        }
    }

    private ValueTask<FlushResult> WriteChunkAsync(ref ReadOnlyMemory<byte> rest)
    {
        var chunk = rest[..Math.Min(rest.Length, ChunkBytes)];
        rest = rest[chunk.Length..];
        body.Write(chunk.Span);
        _progressAt = timeProvider.GetTimestamp();
        return body.FlushAsync();
    }
}
