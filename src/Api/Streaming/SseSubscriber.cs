using System.Buffers;
using System.IO.Pipelines;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// One client of a stream: how far it has been told, and nothing else. It is told only when all it was told before has gone out;
/// what changes meanwhile is not kept for it. A client that takes nothing for some seconds is dropped; one on a slow line takes
/// what it is told bit by bit.
/// </summary>
/// <param name="body">Where events go. Nobody else writes to it, and nobody does after <see cref="Leave"/>.</param>
public sealed class SseSubscriber(PipeWriter body, TimeProvider timeProvider)
{
    /// <summary>How long a client may take nothing of what it is told.</summary>
    public static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long a client hears nothing, so that it and the proxies between know that the connection lives.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <summary>Bytes written at a time, so that a slow client's progress shows: 16 KiB in five seconds is the least.</summary>
    private const int ChunkBytes = 16 * 1024;

    private static readonly byte[] KeepAlive = ": keep-alive\n\n"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<FlushResult>? _writing;
    private long _progressAt;
    private long _version;

    /// <summary>Ends when the client has gone or must go.</summary>
    public Task Left => _left.Task;

    /// <summary>Whether it must go because it is too slow.</summary>
    public bool Dropped { get; private set; }

    /// <summary>Whether something told has not gone out.</summary>
    public bool Owes => _writing is { IsCompleted: false };

    /// <summary>Tells the first news, with whatever has to stand before them.</summary>
    public void Begin(ReadOnlySpan<byte> before, StateDelta news)
    {
        lock (_lock)
        {
            body.Write(before);
            Write(news.Bytes);
            _version = news.Version;
        }
    }

    /// <summary>Tells what has changed since the last time, if the client has taken that. Never waits.</summary>
    public void Push(HuntStreamState board)
    {
        lock (_lock)
        {
            // A board has no version 0: that client has not begun.
            if (_left.Task.IsCompleted || _version == 0)
            {
                return;
            }

            var quiet = timeProvider.GetElapsedTime(_progressAt);
            if (_writing is { IsCompleted: false })
            {
                if (quiet >= WriteTimeout)
                {
                    Dropped = true;
                    _left.TrySetResult();
                }
            }
            else if (_writing is { IsCompletedSuccessfully: false } or { Result.IsCompleted: true })
            {
                _left.TrySetResult();
            }
            else if (_version < board.Version)
            {
                var news = board.Since(_version);
                Write(news.Bytes);
                _version = news.Version;
            }
            else if (quiet >= HeartbeatInterval)
            {
                Write(KeepAlive);
            }
        }
    }

    /// <summary>Ends the stream; when this returns nothing is being written to it.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _left.TrySetResult();
        }
    }

    private void Write(ReadOnlyMemory<byte> bytes)
    {
        var flush = WriteChunkAsync(ref bytes);
        // Only a write that takes its time needs an object to be watched by.
        while (flush is { IsCompletedSuccessfully: true, Result.IsCompleted: false } && bytes.Length > 0)
        {
            flush = WriteChunkAsync(ref bytes);
        }

        _writing = flush is { IsCompletedSuccessfully: true, Result.IsCompleted: false } ? null : WriteRestAsync(flush.AsTask(), bytes);
    }

    private async Task<FlushResult> WriteRestAsync(Task<FlushResult> flush, ReadOnlyMemory<byte> rest)
    {
        while (true)
        {
            var result = await flush.ConfigureAwait(false);
            lock (_lock)
            {
                _progressAt = timeProvider.GetTimestamp();
                if (rest.Length == 0 || result.IsCompleted || _left.Task.IsCompleted)
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
