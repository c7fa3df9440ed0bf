using Microsoft.Extensions.Logging;
using TreasureHunt.Platform.Memcached;

namespace TreasureHunt.Specs.Memcached;

/// <summary>Waits for the log entry of a new connection.</summary>
internal sealed class ConnectedSignal : ILogger<MemcachedClient>, IDisposable
{
    private readonly SemaphoreSlim _connected = new(0);

    public async Task WaitAsync() => Xunit.Assert.True(await _connected.WaitAsync(FakeConnection.Timeout));

    public void Dispose() => _connected.Dispose();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "MemcachedConnected")
        {
            _connected.Release();
        }
    }
}
