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
    private readonly TimeProvider _timeProvider;
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
        TimeProvider timeProvider,
        ILogger<GenerationSupervisor> logger)
    {
        _live = live.ToDictionary(model => model.Kind.Name);
        (_generations, _store, _replays, _replayer, _log, _timeProvider, _logger) = (generations, store, replays, replayer, log, timeProvider, logger);
        _keepPrevious = options.KeepPrevious;
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_generation",
            () => _live.Values.Select(
                model => new Measurement<int>(model.Generation, new KeyValuePair<string, object?>("readmodel", model.Kind.Name))),
            description: "The live generation of a read model that this worker feeds; 0 when it does not");
    }

    /// <summary>Begins to feed what is live. Comes before the first page.</summary>
    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        var rows = await _generations.ReadAsync(cancellationToken);
        var progress = await _log.ProgressAsync(cancellationToken);
        foreach (var (name, model) in _live)
        {
            await model.AdoptAsync(
                rows.GetValueOrDefault(name)?.Live ?? 0, progress.GetValueOrDefault(model.Kind.Shard), cancellationToken);
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
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var replay = Task.CompletedTask;
        while (!cancellationToken.IsCancellationRequested)
        {
            await TryAsync(SuperviseAsync, cancellationToken);
            if (replay.IsCompleted)
            {
                replay = TryAsync(ReplayAsync, cancellationToken);
            }

            await Task.WhenAny(
                replay.IsCompleted
                    ? _asked.WaitAsync(PollInterval, cancellationToken) : Task.Delay(PollInterval, _timeProvider, cancellationToken));
        }

        await replay;
    }

    public void Dispose() => _asked.Dispose();

    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        var rows = await _generations.ReadAsync(cancellationToken);
        foreach (var name in ReadModelNames.All)
        {
            // One store that is away must not keep the others from being looked after.
            await TryAsync(
                token =>
                    rows.TryGetValue(name, out var row)
                        ? SuperviseAsync(row, token) : _replays.RequestAsync(name, ReplayKinds.Build, cancellationToken: token),
                        cancellationToken);
        }
    }

    private async Task SuperviseAsync(LiveGeneration row, CancellationToken cancellationToken)
    {
        await RepairAsync(_live[row.ReadModel], cancellationToken);
        if (await _store.PointedAsync(row.ReadModel) != row.Live)
        {
            await _store.PointAsync(row.ReadModel, row.Live);
        }

        if (row.Previous is { } previous && row.FlippedAt + _keepPrevious < _timeProvider.GetUtcNow())
        {
            await _store.DropAsync(row.ReadModel, previous);
            await _generations.ForgetAsync(row.ReadModel, previous, cancellationToken);
        }
    }

    private async Task RepairAsync(LiveReadModel model, CancellationToken cancellationToken)
    {
        var health = await model.CheckHealthAsync(cancellationToken);
        if (health != ReadModelHealth.Whole
            && await _replays.RequestAsync(
                model.Kind.Name, ReplayKinds.Repair, health == ReadModelHealth.Behind ? model.Generation : null,
                cancellationToken: cancellationToken) is not null)
        {
            LogLost(model.Kind.Name, model.Generation, health);
        }
    }

    private async Task ReplayAsync(CancellationToken cancellationToken)
    {
        var unfinished = (await _replays.UnfinishedAsync(cancellationToken)).ToLookup(
            asked => asked.Kind is ReplayKinds.Build or ReplayKinds.Repair);
        // Readers wait for what is missing, all of it at once; what is made anew has time.
        await Task.WhenAll(unfinished[true].Select(asked => TryAsync(token => ReplayAsync(asked, token), cancellationToken)));
        foreach (var asked in unfinished[false])
        {
            await TryAsync(token => ReplayAsync(asked, token), cancellationToken);
        }
    }

    private async Task ReplayAsync(ReplayReport asked, CancellationToken cancellationToken)
    {
        LogReplay(asked.Kind, asked.ReadModel, asked.Generation);
        try
        {
            await _replayer.RunAsync(asked, _live[asked.ReadModel], cancellationToken);
            LogDone(asked.Kind, asked.ReadModel, asked.Generation);
        }
        catch (ReplayCancelledException)
        {
            LogCancelled(asked.Kind, asked.ReadModel, asked.Generation);
        }
        catch (RedisServerException full)
            when (asked.Kind == ReplayKinds.Replay && full.Message.StartsWith("OOM", StringComparison.Ordinal))
        {
            // What has no room must go at once: the live generation has none either.
            await _replayer.GiveUpAsync(asked, "Redis has no room for another generation.", cancellationToken);
            LogTrouble(full.Message);
        }
        catch (UnknownEventException unknown) when (asked.Kind is ReplayKinds.Replay or ReplayKinds.Rollback)
        {
            // An admin is told at once; a build that knows the event has to be installed first.
            await _replayer.GiveUpAsync(asked, unknown.Message, cancellationToken);
            LogTrouble(unknown.Message);
        }
        catch (UnknownEventException unknown)
        {
            // Readers need this one, and only a newer build can make it.
            LogTrouble(unknown.Message);
            await Task.Delay(UnreadableRetryInterval, _timeProvider, cancellationToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
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
