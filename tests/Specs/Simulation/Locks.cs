namespace TreasureHunt.Specs.Simulation;

/// <summary>Locks on treasures that expire. They are a courtesy between workers: nothing may depend on them.</summary>
internal sealed class Locks(Schedule schedule)
{
    /// <summary>So short that many a holder is still at work when it ends.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMilliseconds(60);

    private readonly Dictionary<string, (string Holder, DateTimeOffset Until)> _held = [];

    /// <summary>Takes all of the locks, or none while another holds one of them.</summary>
    public bool TryTake(string worker, IReadOnlyList<string> treasures)
    {
        if (schedule.Strikes(SimulatedFault.LocksForgotten))
        {
            schedule.Note("locks", "forget everything");
            _held.Clear();
        }

        if (treasures.Any(IsTaken))
        {
            if (!schedule.Strikes(SimulatedFault.LockGivenTwice))
            {
                return false;
            }

            schedule.Note("locks", $"give {string.Join(", ", treasures)} to {worker} as well");
        }

        foreach (var treasure in treasures)
        {
            _held[treasure] = (worker, schedule.Now + Life);
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
