using System.Diagnostics.Metrics;
using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>
/// Looks after the live generations while this worker leads: tells readers which they are, notices what a cache has lost and
/// has it repaired at once, takes away what is no longer needed, and carries out replays, one at a time.
/// </summary>
public sealed partial class GenerationSupervisor : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two tries of a build that meets an event which this build cannot read.</summary>
    private static readonly TimeSpan UnreadableRetryInterval = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyDictionary<string, LiveReadModel> _live;
    private readonly GenerationTable _generations;
    private readonly GenerationStore _store;
    private readonly ReplayTable _replays;
    private readonly Replayer _replayer;
    private readonly EventFeedReader _log;
    private readonly TimeProvider _time;
    private readonly ILogger<GenerationSupervisor> _logger;
    private readonly TimeSpan _keepPrevious;
    private readonly SemaphoreSlim _asked = new(0, 1);

    public GenerationSupervisor(
        IEnumerable<LiveReadModel> live,
        GenerationTable generations,
        GenerationStore store,
        ReplayTable replays,
        Replayer replayer,
        EventFeedReader log,
        ReadModelOptions options,
        TimeProvider time,
        ILogger<GenerationSupervisor> logger)
    {
        _live = live.ToDictionary(model => model.Kind.Name);
        (_generations, _store, _replays, _replayer, _log, _time, _logger) = (generations, store, replays, replayer, log, time, logger);
        _keepPrevious = options.KeepPrevious;
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_generation",
            () => _live.Values.Select(model => new Measurement<int>(model.Generation, new KeyValuePair<string, object?>("readmodel", model.Kind.Name))),
            description: "The live generation of a read model that this worker feeds; 0 when it does not");
    }

    /// <summary>Begins to feed what is live. Comes before the first page.</summary>
    public async Task Adopt(CancellationToken cancellation)
    {
        var rows = await _generations.Read(cancellation);
        var progress = await _log.Progress(cancellation);
        foreach (var (name, model) in _live)
        {
            await model.Adopt(rows.GetValueOrDefault(name)?.Live ?? 0, progress.GetValueOrDefault(model.Kind.Shard), cancellation);
        }
    }

    /// <summary>Says that there is a replay to carry out.</summary>
    public void Wake()
    {
        if (_asked.CurrentCount == 0)
        {
            _asked.Release();
        }
    }

    /// <summary>Keeps until cancelled. A store that is away is tried again; replays go on where they were.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        var replay = Task.CompletedTask;
        while (!cancellation.IsCancellationRequested)
        {
            await Try(SuperviseAsync, cancellation);
            if (replay.IsCompleted)
            {
                replay = Try(Replay, cancellation);
            }

            await Task.WhenAny(replay.IsCompleted ? _asked.WaitAsync(PollInterval, cancellation) : Task.Delay(PollInterval, _time, cancellation));
        }

        await replay;
    }

    public void Dispose() => _asked.Dispose();

    private async Task SuperviseAsync(CancellationToken cancellation)
    {
        var rows = await _generations.Read(cancellation);
        foreach (var name in ReadModelNames.All)
        {
            // One store that is away must not keep the others from being looked after.
            await Try(token => rows.TryGetValue(name, out var row) ? SuperviseAsync(row, token) : _replays.Request(name, ReplayKinds.Build, cancellation: token), cancellation);
        }
    }

    private async Task SuperviseAsync(LiveGeneration row, CancellationToken cancellation)
    {
        await Repair(_live[row.ReadModel], cancellation);
        if (await _store.Pointed(row.ReadModel) != row.Live)
        {
            await _store.Point(row.ReadModel, row.Live);
        }

        if (row.Previous is { } previous && row.FlippedAt + _keepPrevious < _time.GetUtcNow())
        {
            await _store.Drop(row.ReadModel, previous);
            await _generations.Forget(row.ReadModel, previous, cancellation);
        }
    }

    private async Task Repair(LiveReadModel model, CancellationToken cancellation)
    {
        var health = await model.CheckHealthAsync(cancellation);
        if (health != ReadModelHealth.Whole
            && await _replays.Request(model.Kind.Name, ReplayKinds.Repair, health == ReadModelHealth.Behind ? model.Generation : null, cancellation: cancellation) is not null)
        {
            LogLost(model.Kind.Name, model.Generation, health);
        }
    }

    private async Task Replay(CancellationToken cancellation)
    {
        var unfinished = (await _replays.Unfinished(cancellation)).ToLookup(asked => asked.Kind is ReplayKinds.Build or ReplayKinds.Repair);
        // Readers wait for what is missing, all of it at once; what is made anew has time.
        await Task.WhenAll(unfinished[true].Select(asked => Try(token => Replay(asked, token), cancellation)));
        foreach (var asked in unfinished[false])
        {
            await Try(token => Replay(asked, token), cancellation);
        }
    }

    private async Task Replay(ReplayReport asked, CancellationToken cancellation)
    {
        LogReplay(asked.Kind, asked.ReadModel, asked.Generation);
        try
        {
            await _replayer.Run(asked, _live[asked.ReadModel], cancellation);
            LogDone(asked.Kind, asked.ReadModel, asked.Generation);
        }
        catch (ReplayCancelledException)
        {
            LogCancelled(asked.Kind, asked.ReadModel, asked.Generation);
        }
        catch (RedisServerException full) when (asked.Kind == ReplayKinds.Replay && full.Message.StartsWith("OOM", StringComparison.Ordinal))
        {
            // What has no room must go at once: the live generation has none either.
            await _replayer.GiveUp(asked, "Redis has no room for another generation.", cancellation);
            LogTrouble(full.Message);
        }
        catch (UnknownEventException unknown) when (asked.Kind is ReplayKinds.Replay or ReplayKinds.Rollback)
        {
            // An admin is told at once; a build that knows the event has to be installed first.
            await _replayer.GiveUp(asked, unknown.Message, cancellation);
            LogTrouble(unknown.Message);
        }
        catch (UnknownEventException unknown)
        {
            // Readers need this one, and only a newer build can make it.
            LogTrouble(unknown.Message);
            await Task.Delay(UnreadableRetryInterval, _time, cancellation);
        }
    }

    private async Task Try(Func<CancellationToken, Task> act, CancellationToken cancellation)
    {
        try
        {
            await act(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever was away may be back at the next beat.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogTrouble(exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The read model {ReadModel}, generation {Generation}, is {Health} in its cache: it is repaired from the log")]
    private partial void LogLost(string readModel, int generation, ReadModelHealth health);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {ReadModel}: generation {Generation} is being fed")]
    private partial void LogReplay(string kind, string readModel, int generation);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {ReadModel}: generation {Generation} is done")]
    private partial void LogDone(string kind, string readModel, int generation);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {ReadModel}: generation {Generation} was cancelled")]
    private partial void LogCancelled(string kind, string readModel, int generation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The read models cannot be looked after for now: {Trouble}")]
    private partial void LogTrouble(string trouble);
}
