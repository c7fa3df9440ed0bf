using System.Diagnostics.Metrics;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.Projections.LeaderElection;

namespace TreasureHunt.Projections.Audit;

/// <summary>
/// Audits one hunt after the other at a low rate, the latest first, and shows what it found as a metric. What an audit finds
/// while a read model is being built counts only if it is still there a little later.
/// </summary>
public sealed partial class BackgroundAudit(
    Auditor auditor, EventFeedReader log, LeaderElectionService leadership, AuditOptions options, TimeProvider timeProvider,
    ILogger<BackgroundAudit> logger) : BackgroundService
{
    /// <summary>A long log takes a processor that the sale needs: three quarters of the time are left to it.</summary>
    private const int Rests = 3;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, HuntReport> _latest = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // 0 switches it off.
        if (options.Every == TimeSpan.Zero)
        {
            return;
        }

        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_audit_differences", Differences,
            description: "What the latest background audits of all hunts found wrong, by what it is");
        var waiting = new Queue<string>();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Every, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (leadership.IsLeader)
                {
                    await AuditNextAsync(waiting, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // A store that is away is no finding; the next round tries again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogTrouble(exception.Message);
            }
        }
    }

    private async Task AuditNextAsync(Queue<string> waiting, CancellationToken cancellationToken)
    {
        if (waiting.Count == 0)
        {
            foreach (var hunt in (await log.HuntsAsync(cancellationToken)).AsEnumerable().Reverse())
            {
                waiting.Enqueue(hunt);
            }
        }

        if (waiting.TryDequeue(out var huntId))
        {
            var report = await auditor.AuditAsync(huntId, Rests, cancellationToken);
            if (!report.Clean)
            {
                await Task.Delay(Settle, timeProvider, cancellationToken);
                report = await auditor.AuditAsync(huntId, Rests, cancellationToken);
            }

            lock (_latest)
            {
                _latest[huntId] = report;
            }

            if (!report.Clean)
            {
                LogFound(huntId, report.DoubleWinners, report.BrokenRules, report.ReadModelDifferences);
            }
        }
    }

    private IEnumerable<Measurement<long>> Differences()
    {
        lock (_latest)
        {
            return
            [
                Measure("read-models", report => report.ReadModelDifferences),
                Measure("isolated-keys", report => report.IsolatedKeys),
                Measure("double-winners", report => report.DoubleWinners),
                Measure("rules", report => report.BrokenRules),
            ];
        }

        Measurement<long> Measure(string what, Func<HuntReport, long> count) =>
            new(_latest.Values.Sum(count), new KeyValuePair<string, object?>("what", what));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit of the hunt {Hunt} found {DoubleWinners} double winners, {BrokenRules} other broken rules and {Differences} differences of read models")]
    private partial void LogFound(string hunt, int doubleWinners, int brokenRules, int differences);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The background audit could not look: {Trouble}")]
    private partial void LogTrouble(string trouble);
}
