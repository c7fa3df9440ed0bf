using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Sockets;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>Sends written requests in as few calls as the socket allows, and receives replies one by one.</summary>
internal sealed class SocketStream(Socket socket)
{
    private const int SegmentBytes = 16 << 10;

    private readonly Pipe _unsent = new(new PipeOptions(
        pauseWriterThreshold: 0, resumeWriterThreshold: 0, minimumSegmentSize: SegmentBytes, useSynchronizationContext: false));

    private long _unsentBytes;

    public long UnsentBytes => Interlocked.Read(ref _unsentBytes);

    /// <summary>Queues a request. One caller at a time; never blocks, because the pipe has no limit.</summary>
    public void Write(in Request request, uint opaque)
    {
        RequestWriter.Write(_unsent.Writer, request, opaque);
        Interlocked.Add(ref _unsentBytes, _unsent.Writer.UnflushedBytes);
        var flushed = _unsent.Writer.FlushAsync(CancellationToken.None);
        Debug.Assert(flushed.IsCompleted);
    }

    /// <summary>Ends <see cref="SendAllAsync"/>. Not concurrent with <see cref="Write"/>.</summary>
    public void Complete() => _unsent.Writer.Complete();

    public async Task SendAllAsync()
    {
        try
        {
            for (var read = await _unsent.Reader.ReadAsync(); !read.IsCompleted; read = await _unsent.Reader.ReadAsync())
            {
                foreach (var segment in read.Buffer)
                {
                    for (var unsent = segment; !unsent.IsEmpty;)
                    {
                        unsent = unsent[await socket.SendAsync(unsent)..];
                    }
                }

                Interlocked.Add(ref _unsentBytes, -read.Buffer.Length);
                _unsent.Reader.AdvanceTo(read.Buffer.End);
            }
        }
        finally
        {
            await _unsent.Reader.CompleteAsync();
        }
    }

    /// <summary>Passes every reply to the receiver, in order, until the socket, the stream or the receiver fails.</summary>
    public async Task ReceiveAllAsync(Action<Reply> receive)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        var input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: SegmentBytes, leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await input.ReadAsync();
                var buffer = read.Buffer;
                while (ReplyReader.TryRead(ref buffer, out var reply))
                {
                    receive(reply);
                }

                input.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                {
                    throw new EndOfStreamException("The server closed the connection.");
                }
            }
        }
        finally
        {
            await input.CompleteAsync();
        }
    }
}
