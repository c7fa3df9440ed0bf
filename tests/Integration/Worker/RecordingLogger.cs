using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TreasureHunt.Commands.Claims.Batching;

namespace TreasureHunt.Integration.Worker;

/// <summary>Stores the log messages of a worker.</summary>
internal sealed class RecordingLogger : ILogger<ClaimBatchHandler>
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));
}
