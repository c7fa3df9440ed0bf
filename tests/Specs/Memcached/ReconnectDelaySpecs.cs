using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>The delays between attempts to connect.</summary>
public sealed class ReconnectDelaySpecs
{
    [Fact]
    public async Task Each_failed_attempt_doubles_the_delay_up_to_the_maximum()
    {
        using var server = new FakeServer();
        var (time, delays) = (new ManualTime(), new DelayLogger());
        var options = MemcachedOptions.Parse(server.Name);
        options.ConnectTimeout = TimeSpan.FromMinutes(1);
        await using var client = new MemcachedClient(options, time, delays);
        for (var attempt = 0; attempt < 9; attempt++)
        {
            using var connection = await time.AdvanceUntilAsync(server.AcceptWithoutReplyAsync());
            await connection.ReadLineAsync();
        }

        Assert.Equal([50, 100, 200, 400, 800, 1600, 2000, 2000], delays.Milliseconds.Take(8));
    }

    private sealed class DelayLogger : ILogger<MemcachedClient>
    {
        public ConcurrentQueue<double> Milliseconds { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            foreach (var (_, value) in ((IEnumerable<KeyValuePair<string, object?>>)state!).Where(pair => pair.Key == "DelayMs"))
            {
                Milliseconds.Enqueue((double)value!);
            }
        }
    }
}
