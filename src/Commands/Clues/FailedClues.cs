namespace TreasureHunt.Commands.Clues;

/// <summary>
/// Due clues that this worker could not reveal. Each failure doubles the pause before the next try, so that they hold up no other clue.
/// </summary>
public sealed class FailedClues
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, (int Failures, DateTimeOffset NextTry)> _failed = [];

    public Guid[] All => [.. _failed.Keys];

    /// <summary>Those that are not tried again yet.</summary>
    public Guid[] Pausing(DateTimeOffset now) => [.. _failed.Where(clue => now < clue.Value.NextTry).Select(clue => clue.Key)];

    /// <summary>Counts a failure. True for the first one of the clue.</summary>
    public bool Add(Guid clueId, DateTimeOffset now)
    {
        var failures = _failed.GetValueOrDefault(clueId).Failures + 1;
        var pause = Math.Min(MaxPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, failures - 1));
        _failed[clueId] = (failures, now.AddSeconds(pause));
        return failures == 1;
    }

    public void Remove(Guid clueId) => _failed.Remove(clueId);

    /// <summary>
    /// Forgets clues whose pause is over and that are not due any more: revealed by another worker, or never to be revealed.
    /// </summary>
    /// <param name="due">All clues that are due, but for those that pause.</param>
    public void KeepOnly(IEnumerable<Guid> due, DateTimeOffset now)
    {
        foreach (var gone in All.Except(Pausing(now)).Except(due))
        {
            _failed.Remove(gone);
        }
    }
}
