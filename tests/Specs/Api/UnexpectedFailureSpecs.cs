using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TreasureHunt.Api.Problems;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>A failure with a 503 response is logged once, unless a server was unavailable.</summary>
public class UnexpectedFailureSpecs
{
    private readonly FailureLines _lines = new();

    [Fact]
    public void A_failure_shared_by_many_callers_is_logged_once()
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
    public void The_log_line_contains_the_trace_id()
    {
        using var request = new Activity("POST").SetIdFormat(ActivityIdFormat.W3C).Start();

        new UnexpectedFailures(_lines).Log(new KeyNotFoundException(), "claim");

        Assert.EndsWith($"Trace {request.TraceId}", Assert.Single(_lines.All), StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_failure_of_the_bus_is_logged()
    {
        new UnexpectedFailures(_lines).Log(new MassTransit.ConfigurationException("no such endpoint"), "claim");

        Assert.Single(_lines.All);
    }

    [Fact]
    public void An_unavailable_server_is_not_logged()
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
