using System.Diagnostics;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>A generation lost something while it was built; building it begins again.</summary>
public sealed class GenerationLostException(string message) : Exception(message);

/// <summary>Somebody called the replay off.</summary>
public sealed class ReplayCancelledException() : Exception("The replay was cancelled.");

/// <summary>A generation while it is built, and what is told of it.</summary>
public sealed class GenerationBuild(ReplayReport report, ReadModelKind kind, RecordedEventReader log, ReplayTable table, GenerationStore store, TimeProvider time)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(500);

    private long _lastSaid;
    private long? _done;

    public IReadModel Model { get; } = kind.Open(report.Generation);

    public ReplayReport Report { get; set; } = report;

    /// <summary>Feeds until the head of the log is near.</summary>
    public async Task Follow(long near, CancellationToken cancellation)
    {
        long head;
        do
        {
            head = await log.HighWater(cancellation);
            await Feed(head, cancellation);
            head = await log.HighWater(cancellation);
        }
        while (head - _done > near);
    }

    /// <summary>Waits until the live generation has come as far: what is fed from the log may be ahead of it.</summary>
    public async Task WaitFor(LiveReadModel live, CancellationToken cancellation)
    {
        // It looks from time to time, for it has to see as well whether the replay was called off.
        while (live.Applied < _done)
        {
            await ReportProgressAsync(Report, cancellation);
            await Task.Delay(ReportInterval, time, cancellation);
        }
    }

    public async Task Feed(long upTo, CancellationToken cancellation)
    {
        _done ??= await Model.Progress(cancellation) ?? await Begin(cancellation);
        Report = Report with { Head = Math.Max(upTo, Report.Head), Sequence = _done.Value };
        var since = Stopwatch.GetTimestamp();
        await foreach (var page in log.Pages(kind.Events, _done.Value, upTo, cancellation))
        {
            if (!await Model.Apply(page, live: false, cancellation))
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
            if (time.GetElapsedTime(_lastSaid) > ReportInterval)
            {
                await ReportProgressAsync(Report, cancellation);
            }
        }
    }

    /// <summary>Makes sure that all that was fed is still there.</summary>
    public async Task CheckCompleteAsync(CancellationToken cancellation)
    {
        if (!(await Model.Progress(cancellation) >= _done))
        {
            throw Lost();
        }
    }

    private GenerationLostException Lost() => new($"Generation {Model.Generation} of {kind.Name} lost something while it was built.");

    // An empty log makes an empty read model, which is not one that is lost.
    private async Task<long> Begin(CancellationToken cancellation)
    {
        await Model.Apply(new EventBatch(0, 0, []), live: false, cancellation);
        return 0;
    }

    public async Task ReportProgressAsync(ReplayReport news, CancellationToken cancellation)
    {
        Report = news;
        _lastSaid = time.GetTimestamp();
        if (!await table.Save(news, cancellation))
        {
            if (Report.Kind == ReplayKinds.Replay)
            {
                await store.Drop(kind.Name, Model.Generation);
            }

            throw new ReplayCancelledException();
        }
    }
}
