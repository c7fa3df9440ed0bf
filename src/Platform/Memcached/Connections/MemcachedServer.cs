using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>One server: keeps a connection to it, and makes a new one, ever more slowly, when that ends.</summary>
internal sealed class MemcachedServer : IAsyncDisposable
{
    private readonly string _name;
    private readonly EndPoint _address;
    private readonly MemcachedOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private volatile TaskCompletionSource<MemcachedConnection> _connected = NotConnectedAsync();

    public MemcachedServer(string name, MemcachedOptions options, TimeProvider clock, ILogger log)
    {
        (_name, _address, _options, _clock, _log) = (name, ServerName.Parse(name), options, clock, log);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Ends when there is a connection.</summary>
    public Task WaitUntilConnectedAsync(CancellationToken cancellationToken) => _connected.Task.WaitAsync(cancellationToken);

    /// <exception cref="MemcachedException">At once when there is no connection; else see <see cref="MemcachedFailure"/>.</exception>
    public ValueTask<Reply> SendAsync(in Request request, CancellationToken cancellationToken)
    {
        var connected = _connected.Task;
        return connected.IsCompletedSuccessfully
            ? connected.Result.SendAsync(request, cancellationToken)
            : throw new MemcachedException(MemcachedFailure.Disconnected, $"There is no connection to memcached at {_name}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _connected.TrySetCanceled();
    }

    private async Task RunAsync()
    {
        var delay = _options.ReconnectDelay;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                using var connection = new MemcachedConnection(await ConnectAsync(), _options, _clock);
                using var stop = _stopping.Token.UnsafeRegister(static self => ((MemcachedConnection)self!).Dispose(), connection);
                var ended = connection.RunAsync();
                MemcachedLog.Connected(_log, _name);
                delay = _options.ReconnectDelay;
                _connected.SetResult(connection);
                var why = await ended;
                _connected = NotConnectedAsync();
                if (!_stopping.IsCancellationRequested)
                {
                    Metrics.Disconnects.Add(1, new KeyValuePair<string, object?>("server", _name));
                    MemcachedLog.Disconnected(_log, why, _name, why.Message);
                }
            }
            catch (Exception why)
            {
                var level = delay == _options.ReconnectDelay ? LogLevel.Warning : LogLevel.Debug; // Once is enough to know.
                if (!_stopping.IsCancellationRequested)
                {
                    MemcachedLog.NotConnected(_log, level, _name, delay.TotalMilliseconds, why.Message);
                }
            }

            await Task.Delay(delay, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < _options.MaxReconnectDelay ? delay * 2 : _options.MaxReconnectDelay;
        }
    }

    /// <summary>Connected means that the server answered: a frozen one, or one without a place for us, still accepts connections.</summary>
    private async Task<Socket> ConnectAsync()
    {
        using var tooLate = new CancellationTokenSource(_options.ConnectTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, _stopping.Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_address, either.Token);
            await socket.SendAsync("mn\r\n"u8.ToArray(), either.Token);
            var answer = new byte[64];
            var length = 0;
            while (!answer.AsSpan(0, length).EndsWith("\r\n"u8) && length < answer.Length)
            {
                var received = await socket.ReceiveAsync(answer.AsMemory(length), either.Token);
                length = received > 0 ? length + received : throw new EndOfStreamException("The server closed the connection.");
            }

            return answer.AsSpan(0, length).SequenceEqual("MN\r\n"u8)
                ? socket
                : throw new InvalidDataException("The server does not speak the meta protocol (memcached 1.6), or has no place for us.");
        }
        catch (Exception why)
        {
            socket.Dispose();
            if (why is OperationCanceledException && tooLate.IsCancellationRequested)
            {
                throw new TimeoutException($"The server did not answer within {_options.ConnectTimeout.TotalMilliseconds} ms.", why);
            }

            throw;
        }
    }

    private static TaskCompletionSource<MemcachedConnection> NotConnectedAsync() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
