using Npgsql;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Worker;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.Projections.Subscriptions;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>Subscriptions share the reading of the event store and nothing else.</summary>
public sealed class SubscriptionTests(WorkerFixture workers) : IClassFixture<WorkerFixture>, IAsyncLifetime
{
    /// <summary>A hunt that is drafted and opened, with a treasure.</summary>
    private const int EventsOfATreasure = 3;

    private readonly RecordingLogger _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly RecordingSubscription _first = new("first");
    private readonly RecordingSubscription _second = new("second");
    private NpgsqlDataSource _postgres = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _postgres = NpgsqlDataSource.Create(workers.ConnectionString);
        await workers.EventStore.Execute($"delete from {workers.Schema}.mt_event_progression where name like '%:All'");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_target_that_does_not_answer_delays_no_other_and_gets_all_events_later()
    {
        Start();
        await AppendEvents();
        await UntilComplete(_first, _second);
        _second.Stall();

        for (var n = 0; n < 10; n++)
        {
            await AppendEvents();
            await UntilComplete(_first);
        }

        var missed = _first.Sequences.Except(_second.Sequences).Count();
        _second.Resume();

        await UntilComplete(_second);
        Assert.Equal(10 * EventsOfATreasure, missed);
        Assert.Equal(_first.Sequences, _second.Sequences);
    }

    [Fact]
    public async Task A_failed_batch_is_applied_again_and_is_logged()
    {
        _first.Stall();
        Start();
        await AppendEvents();
        await UntilComplete(_second);

        _first.Fail(new TimeoutException("The target does not answer."));

        await UntilComplete(_first);
        Assert.Contains(_log.Lines, line => line.Contains("first:All", StringComparison.Ordinal)
            && line.Contains("The target does not answer.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_subscription_whose_progress_was_moved_back_gets_those_events_again()
    {
        Start();
        await AppendEvents();
        await UntilComplete(_first, _second);
        var last = _first.Sequences[^1];

        await workers.EventStore.MoveProgressBack(_first.Shard);
        await AppendEvents();

        await Poll.Until("the last event came twice", () => _first.Sequences.Count(sequence => sequence == last) == 2);
        await UntilComplete(_second);
        Assert.Single(_second.Sequences, sequence => sequence == last);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_stops_all_subscriptions_until_it_can_be_read()
    {
        await AppendEvents();
        var unknown = await workers.EventStore.Value<long>($"select max(seq_id) from {workers.Schema}.mt_events");
        var name = await workers.EventStore.Value<string>($"select type from {workers.Schema}.mt_events where seq_id = {unknown}");
        await Rename(unknown, "unknown.v9");
        await AppendEvents();
        Start();

        await Poll.Until("both stand still", () => _log.Lines.Count(line => line.Contains(
            $"stands still at sequence {unknown}: this build cannot read the event unknown.v9", StringComparison.Ordinal)) == 2);
        Assert.DoesNotContain(_first.Sequences.Concat(_second.Sequences), sequence => sequence >= unknown);

        await Rename(unknown, name);
        await UntilComplete(_first, _second);
    }

    private void Start() => _running = new SubscriptionDaemon(
        workers.First.Store, [_first, _second], new EventReader(_postgres, workers.First.Store),
        new SubscriptionProgress(_postgres, workers.First.Store),
        new ProjectionOptions { UnknownEventRetryInterval = TimeSpan.FromSeconds(1) }, TimeProvider.System,
        new RecordingLoggerFactory(_log))
        .RunAsync(() => { }, _stop.Token);

    private Task<int> Rename(long sequence, string name) =>
        workers.EventStore.Execute($"update {workers.Schema}.mt_events set type = '{name}' where seq_id = {sequence}");

    private async Task AppendEvents() => await workers.HideTreasure(await workers.OpenHunt());

    private async Task UntilComplete(params RecordingSubscription[] subscriptions)
    {
        var all = (await workers.EventStore.All()).Select(stored => stored.Sequence).ToList();
        await Poll.Until("all events came", () => subscriptions.All(subscription => !all.Except(subscription.Sequences).Any()));
    }
}
