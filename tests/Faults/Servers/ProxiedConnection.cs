using System.Net.Sockets;

namespace TreasureHunt.Faults.Servers;

/// <summary>Copies the bytes of one connection in one direction, with the faults of the proxy.</summary>
internal sealed class ProxiedConnection(Socket from, Socket to, Direction direction, InjectedFaults faults)
{
    private readonly TrafficFaults _traffic = faults.Of(direction);
    private readonly byte[] _buffer = new byte[16 * 1024];

    /// <summary>Ends when the connection ends or must end.</summary>
    public async Task Copy()
    {
        var hasDropped = false;
        try
        {
            for (int length; (length = await from.ReceiveAsync(_buffer)) > 0;)
            {
                await _traffic.Resumed;
                if (direction == Direction.ToServer && faults.Gate is { } gate)
                {
                    await gate.Pass(from, _buffer.AsMemory(0, length));
                }

                if (_traffic.IsDropping)
                {
                    _traffic.CountDropped(length);
                    hasDropped = true;
                    continue;
                }

                if (hasDropped)
                {
                    // TCP never loses bytes in the middle of a connection.
                    return;
                }

                if (_traffic.Delay > TimeSpan.Zero)
                {
                    await Task.Delay(_traffic.Delay);
                }

                if (direction == Direction.ToClient && faults.CloseAt is { } text && _buffer.AsSpan(0, length).IndexOf(text) >= 0)
                {
                    // The server has done what it was asked for, and the client never learns it.
                    faults.CountClosedAtAnswer();
                    return;
                }

                await SendAll(length);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task SendAll(int length)
    {
        for (var sent = 0; sent < length;)
        {
            sent += await to.SendAsync(_buffer.AsMemory(sent, length - sent));
        }
    }
}
