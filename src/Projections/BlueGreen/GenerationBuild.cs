using System.Diagnostics;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>A generation lost something while it was built; building it begins again.</summary>
public sealed class GenerationLostException(string message) : Exception(message);

/// <summary>Somebody called the replay off.</summary>
public sealed class ReplayCancelledException() : Exception("The replay was cancelled.");

/// <summary>A generation while it is built, and what is told of it.</summary>
public sealed class GenerationBuild(
    ReplayReport report, ReadModelKind kind, RecordedEventReader log, ReplayTable table, GenerationStore store, TimeProvider timeProvider)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(500);

    private long _lastSaid;
    private long? _done;

    public IReadModel Model { get; } = kind.Open(report.Generation);

    public ReplayReport Report { get; set; } = report;

    /// <summary>Feeds until the head of the log is near.</summary>
    public async Task FollowAsync(long near, CancellationToken cancellationToken)
    {
        long head;
        do
        {
            head = await log.HighWaterAsync(cancellationToken);
            await FeedAsync(head, cancellationToken);
            head = await log.HighWaterAsync(cancellationToken);
        }
        while (head - _done > near);
    }

    /// <summary>Waits until the live generation has come as far: what is fed from the log may be ahead of it.</summary>
    public async Task WaitForAsync(LiveReadModel live, CancellationToken cancellationToken)
    {
        // It looks from time to time, for it has to see as well whether the replay was called off.
        while (live.Applied < _done)
        {
            await ReportProgressAsync(Report, cancellationToken);
            await Task.Delay(ReportInterval, timeProvider, cancellationToken);
        }
    }

    public async Task FeedAsync(long upTo, CancellationToken cancellationToken)
    {
        _done ??= await Model.ProgressAsync(cancellationToken) ?? await BeginAsync(cancellationToken);
        Report = Report with { Head = Math.Max(upTo, Report.Head), Sequence = _done.Value };
        var since = Stopwatch.GetTimestamp();
        await foreach (var page in log.PagesAsync(kind.Events, _done.Value, upTo, cancellationToken))
        {
            if (!await Model.ApplyAsync(page, live: false, cancellationToken))
            {
                throw Lost();
            }

            _done = page.UpTo;
            var now = Stopwatch.GetTimestamp();
            Report = Report with
            {
                Sequence = page.UpTo,
                Events = Report.Events + page.Facts.Count,
                Seconds = Report.Seconds + Stopwatch.GetElapsedTime(since, now).TotalSeconds,
            };
            since = now;
            if (timeProvider.GetElapsedTime(_lastSaid) > ReportInterval)
            {
                await ReportProgressAsync(Report, cancellationToken);
            }
        }
    }

    /// <summary>Makes sure that all that was fed is still there.</summary>
    public async Task CheckCompleteAsync(CancellationToken cancellationToken)
    {
        if (!(await Model.ProgressAsync(cancellationToken) >= _done))
        {
            throw Lost();
        }
    }

    private GenerationLostException Lost() => new($"Generation {Model.Generation} of {kind.Name} lost something while it was built.");

    // An empty log makes an empty read model, which is not one that is lost.
    private async Task<long> BeginAsync(CancellationToken cancellationToken)
    {
        await Model.ApplyAsync(new EventBatch(0, 0, []), live: false, cancellationToken);
        return 0;
    }

    public async Task ReportProgressAsync(ReplayReport news, CancellationToken cancellationToken)
    {
        Report = news;
        _lastSaid = timeProvider.GetTimestamp();
        if (!await table.SaveAsync(news, cancellationToken))
        {
            if (Report.Kind == ReplayKinds.Replay)
            {
                await store.DropAsync(kind.Name, Model.Generation);
            }

            throw new ReplayCancelledException();
        }
    }
}
