using System.Diagnostics.Metrics;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.Projections.LeaderElection;

namespace TreasureHunt.Projections.Audit;

/// <summary>
/// Audits one hunt after the other at a low rate, the newest first, and reports the results as a metric. An audit with findings is
/// repeated a little later, because a read model may have been incomplete.
/// </summary>
public sealed class BackgroundAudit(
    Auditor auditor, EventReader eventFeed, LeaderElectionService leaderElection, AuditOptions options, TimeProvider timeProvider,
    ILogger<BackgroundAudit> logger) : BackgroundService
{
    /// <summary>Pauses three times as long as it works, because claims need the processor.</summary>
    private const int PauseFactor = 3;

    private static readonly TimeSpan RecheckDelay = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, HuntReport> _latest = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Every == TimeSpan.Zero)
        {
            return;
        }

        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_audit_differences", Differences,
            description: "Findings of the latest background audit of each hunt, by kind");
        var pending = new Queue<string>();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Every, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (leaderElection.IsLeader)
                {
                    await AuditNextAsync(pending, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // A server that does not answer is no finding; the next round tries again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.AuditFailed(exception.Message);
            }
        }
    }

    private async Task AuditNextAsync(Queue<string> pending, CancellationToken cancellationToken)
    {
        if (pending.Count == 0)
        {
            foreach (var hunt in (await eventFeed.ReadHuntIdsAsync(cancellationToken)).AsEnumerable().Reverse())
            {
                pending.Enqueue(hunt);
            }
        }

        if (pending.TryDequeue(out var huntId))
        {
            var report = await auditor.AuditHuntAsync(huntId, PauseFactor, cancellationToken);
            if (!report.IsClean)
            {
                await Task.Delay(RecheckDelay, timeProvider, cancellationToken);
                report = await auditor.AuditHuntAsync(huntId, PauseFactor, cancellationToken);
            }

            lock (_latest)
            {
                _latest[huntId] = report;
            }

            if (!report.IsClean)
            {
                logger.AuditFoundErrors(huntId, report.DoubleWinners, report.BrokenRules, report.ReadModelDifferences);
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

        Measurement<long> Measure(string kind, Func<HuntReport, long> count) =>
            new(_latest.Values.Sum(count), new KeyValuePair<string, object?>("what", kind));
    }
}
