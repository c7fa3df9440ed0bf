using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Subscriptions;

namespace TreasureHunt.Integration.Projections;

/// <summary>A subscription that records what it gets. Its target can stop answering.</summary>
internal sealed class RecordingSubscription(string name) : IEventSubscription
{
    private readonly List<EventBatch> _batches = [];
    private TaskCompletionSource _answers = Answering();

    public string Shard => $"{name}:All";

    public TimeSpan MinInterval => TimeSpan.Zero;

    /// <summary>The sequences of the events, in the order in which they came.</summary>
    public IReadOnlyList<long> Sequences
    {
        get
        {
            lock (_batches)
            {
                return [.. _batches.SelectMany(batch => batch.Events).Select(recorded => recorded.Sequence)];
            }
        }
    }

    public void Stall() => _answers = new TaskCompletionSource();

    public void Resume() => _answers.SetResult();

    /// <summary>Fails the batch that waits, and answers from then on.</summary>
    public void Fail(Exception exception)
    {
        var waiting = _answers;
        _answers = Answering();
        waiting.SetException(exception);
    }

    public async Task ApplyEventsAsync(EventBatch events, CancellationToken cancellationToken)
    {
        await _answers.Task.WaitAsync(cancellationToken);
        lock (_batches)
        {
            _batches.Add(events);
        }
    }

    private static TaskCompletionSource Answering()
    {
        var answers = new TaskCompletionSource();
        answers.SetResult();
        return answers;
    }
}
