namespace TreasureHunt.Platform.Batching;

/// <summary>
/// Sends items in rounds. An item that arrives while no round is under way leaves at once. Items that arrive during a round leave together
/// in the next one, so rounds grow with the load.
/// </summary>
/// <param name="send">Sends the items of one round, and completes when all are answered. It does not fail.</param>
/// <param name="maxDuration">The next round leaves after this time at the latest, although the last one is not answered.</param>
public sealed class Rounds<T>(Func<IReadOnlyList<T>, Task> send, TimeSpan maxDuration, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private List<T> _next = [];
    private bool _isUnderWay;

    public void Add(T item)
    {
        lock (_lock)
        {
            _next.Add(item);
            if (_isUnderWay)
            {
                return;
            }

            _isUnderWay = true;
        }

        _ = SendAsync();
    }

    private async Task SendAsync()
    {
        while (TakeNext() is { Count: > 0 } round)
        {
            await send(round).WaitAsync(maxDuration, timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<T> TakeNext()
    {
        lock (_lock)
        {
            var round = _next;
            _next = [];
            _isUnderWay = round.Count > 0;
            return round;
        }
    }
}
