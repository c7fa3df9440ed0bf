using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Every fault that the suite knows.</summary>
internal static class KnownFaults
{
    public static readonly IReadOnlyList<Fault> All =
        [.. new[] { HostFaults.All, LockFaults.All, BrokerFaults.All, DatabaseFaults.All, CacheFaults.All, LoadFaults.All, ProxyFaults.All, HostileFaults.All }.SelectMany(faults => faults).OrderBy(fault => fault.Number)];

    public static IReadOnlyList<Fault> Short => [.. All.Where(fault => fault.ShortHolds is not null && !fault.OnlyByName)];
}
