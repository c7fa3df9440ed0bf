namespace TreasureHunt.Specs.Simulation;

/// <summary>Expiring locks on treasures. Correctness must not depend on them.</summary>
internal sealed class SimulatedLocks(Schedule schedule)
{
    /// <summary>Short enough that many locks expire while their holder still works.</summary>
    private static readonly TimeSpan LockTtl = TimeSpan.FromMilliseconds(60);

    private readonly Dictionary<string, (string Holder, DateTimeOffset Until)> _held = [];

    /// <summary>Takes all locks, or none if another worker holds one of them.</summary>
    public bool TryTake(string worker, IReadOnlyList<string> treasures)
    {
        if (schedule.Occurs(SimulatedFault.LocksLost))
        {
            schedule.AddToTrace("locks", "are lost");
            _held.Clear();
        }

        if (treasures.Any(IsTaken))
        {
            if (!schedule.Occurs(SimulatedFault.LockGrantedTwice))
            {
                return false;
            }

            schedule.AddToTrace("locks", $"grant {string.Join(", ", treasures)} to {worker} as well");
        }

        foreach (var treasure in treasures)
        {
            _held[treasure] = (worker, schedule.Now + LockTtl);
        }

        return true;
    }

    public void Release(string worker)
    {
        foreach (var treasure in _held.Where(held => held.Value.Holder == worker).Select(held => held.Key).ToList())
        {
            _held.Remove(treasure);
        }
    }

    private bool IsTaken(string treasure) => _held.TryGetValue(treasure, out var held) && held.Until > schedule.Now;
}
