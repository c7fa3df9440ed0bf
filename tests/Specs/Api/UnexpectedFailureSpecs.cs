using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TreasureHunt.Api.Problems;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>What becomes a 503 is logged once, unless a server was away.</summary>
public class UnexpectedFailureSpecs
{
    private readonly FailureLines _lines = new();

    [Fact]
    public void A_failure_that_many_callers_waited_for_is_logged_once()
    {
        var (failures, failure) = (new UnexpectedFailures(_lines), new KeyNotFoundException());

        for (var caller = 0; caller < 500; caller++)
        {
            failures.Log(failure, "claim");
        }

        failures.Log(new KeyNotFoundException(), "claim");
        Assert.Equal(2, _lines.All.Count);
    }

    [Fact]
    public void Its_line_names_the_trace_in_which_it_happened()
    {
        using var request = new Activity("POST").SetIdFormat(ActivityIdFormat.W3C).Start();

        new UnexpectedFailures(_lines).Log(new KeyNotFoundException(), "claim");

        Assert.EndsWith($"Trace {request.TraceId}", Assert.Single(_lines.All), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_cannot_be_sent_is_logged_although_the_bus_could_not_send_it()
    {
        new UnexpectedFailures(_lines).Log(new MassTransit.ConfigurationException("no such endpoint"), "claim");

        Assert.Single(_lines.All);
    }

    [Fact]
    public void A_server_that_is_away_is_not()
    {
        new UnexpectedFailures(_lines).Log(new TimeoutException(), "claim");

        Assert.Empty(_lines.All);
    }

    private sealed class FailureLines : ILogger<UnexpectedFailures>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                All.Add(formatter(state, exception));
    }
}
