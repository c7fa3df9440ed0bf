using Microsoft.Extensions.Logging;

namespace TreasureHunt.Integration.Worker;

/// <summary>Gives everybody the same recording logger.</summary>
internal sealed class RecordingLoggerFactory(RecordingLogger logger) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => logger;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
