namespace TreasureHunt.Commands.Clues;

/// <summary>
/// Due clues that this worker could not reveal. Each failure doubles the pause before the next attempt, so that a failed clue does not
/// delay others.
/// </summary>
public sealed class FailedClues
{
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, (int Failures, DateTimeOffset NextAttempt)> _failed = [];

    /// <summary>Ids of all failed clues.</summary>
    public Guid[] All => [.. _failed.Keys];

    /// <summary>Returns the ids of the clues whose next attempt is later.</summary>
    public Guid[] Waiting(DateTimeOffset now) => [.. _failed.Where(clue => now < clue.Value.NextAttempt).Select(clue => clue.Key)];

    /// <summary>Counts a failure.</summary>
    /// <returns>True for the first failure of the clue.</returns>
    public bool Add(Guid clueId, DateTimeOffset now)
    {
        var failures = _failed.GetValueOrDefault(clueId).Failures + 1;
        var pause = Math.Min(MaxPause.TotalSeconds, MinPause.TotalSeconds * Math.Pow(2, failures - 1));
        _failed[clueId] = (failures, now.AddSeconds(pause));
        return failures == 1;
    }

    public void Remove(Guid clueId) => _failed.Remove(clueId);

    /// <summary>
    /// Removes clues whose pause is over and that are no longer due, because another worker has revealed them or their hunt has ended.
    /// </summary>
    /// <param name="due">All due clues except those whose next attempt is later.</param>
    public void RemoveNoLongerDue(IEnumerable<Guid> due, DateTimeOffset now)
    {
        foreach (var clueId in All.Except(Waiting(now)).Except(due))
        {
            _failed.Remove(clueId);
        }
    }
}
