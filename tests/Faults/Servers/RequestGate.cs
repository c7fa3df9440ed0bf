using System.Collections.Concurrent;
using System.Net.Sockets;

namespace TreasureHunt.Faults.Servers;

/// <summary>Pauses each connection that sends a certain text, from that text on, until the gate opens.</summary>
internal sealed class RequestGate(byte[] text)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Socket, byte> _connections = [];

    /// <summary>Connections that the gate has paused so far.</summary>
    public int PausedConnections => _connections.Count;

    public void Open() => _opened.TrySetResult();

    public async Task Pass(Socket connection, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.IndexOf(text) >= 0)
        {
            _connections.TryAdd(connection, 0);
            await _opened.Task;
        }
    }
}
