using Microsoft.Extensions.Logging;
using TreasureHunt.Api;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>What becomes a 503 is logged once, unless a server was away.</summary>
public class UnexpectedFailureSpecs
{
    private readonly Lines _lines = new();

    [Fact]
    public void A_failure_that_many_callers_waited_for_is_logged_once()
    {
        var (failures, failure) = (new UnexpectedFailures(_lines), new KeyNotFoundException());

        for (var caller = 0; caller < 500; caller++)
        {
            failures.Log(failure, "claim");
        }

        failures.Log(new KeyNotFoundException(), "claim");
        Assert.Equal(2, _lines.Count);
    }

    [Fact]
    public void A_server_that_is_away_is_not()
    {
        new UnexpectedFailures(_lines).Log(new TimeoutException(), "claim");

        Assert.Equal(0, _lines.Count);
    }

    private sealed class Lines : ILogger<UnexpectedFailures>
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;
    }
}
