using Microsoft.Extensions.Logging;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>Keeps one connection to one server. A lost connection is replaced, with pauses that double after each failed attempt.</summary>
internal sealed class MemcachedServer : IAsyncDisposable
{
    private readonly string _name;
    private readonly MemcachedOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ServerConnector _connector;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private volatile MemcachedConnection? _connection;

    public MemcachedServer(string name, MemcachedOptions options, TimeProvider timeProvider, ILogger logger)
    {
        (_name, _options, _timeProvider, _logger) = (name, options, timeProvider, logger);
        _connector = new ServerConnector(ServerName.Parse(name), options.ConnectTimeout, timeProvider);
        _running = Task.Run(RunAsync);
    }

    /// <exception cref="MemcachedException">There is no connection, or the request failed: see <see cref="MemcachedFailure"/>.</exception>
    public ValueTask<Reply> SendAsync(in Request request, CancellationToken cancellationToken) =>
        _connection is { } connection
            ? connection.SendAsync(request, cancellationToken)
            : throw new MemcachedException(MemcachedFailure.Disconnected, $"There is no connection to memcached at {_name}.");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var delay = _options.ReconnectDelay;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                using var connection = new MemcachedConnection(await _connector.ConnectAsync(_stopping.Token), _options, _timeProvider);
                delay = _options.ReconnectDelay;
                await RunAsync(connection);
            }
            catch (Exception exception)
            {
                // Only the first failure of a series is a warning.
                var level = delay == _options.ReconnectDelay ? LogLevel.Warning : LogLevel.Debug;
                if (!_stopping.IsCancellationRequested)
                {
                    _logger.MemcachedNotConnected(level, _name, delay.TotalMilliseconds, exception.Message);
                }
            }

            await Task.Delay(delay, _timeProvider, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < _options.MaxReconnectDelay ? delay * 2 : _options.MaxReconnectDelay;
        }
    }

    private async Task RunAsync(MemcachedConnection connection)
    {
        await using var stop = _stopping.Token.UnsafeRegister(static self => ((MemcachedConnection)self!).Dispose(), connection);
        var ended = connection.RunAsync();
        _connection = connection;
        _logger.MemcachedConnected(_name);
        var reason = await ended;
        _connection = null;
        if (!_stopping.IsCancellationRequested)
        {
            MemcachedMetrics.RecordDisconnect(_name);
            _logger.MemcachedDisconnected(reason, _name, reason.Message);
        }
    }
}
