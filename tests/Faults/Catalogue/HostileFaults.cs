using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Hostile callers and senders beside honest ones.</summary>
internal static class HostileFaults
{
    public static readonly IReadOnlyList<Fault> All = [HostileInput.Create(), GreedySourceFault.Create()];
}
