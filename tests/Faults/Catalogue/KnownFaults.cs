using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>All faults of the suite, by number.</summary>
internal static class KnownFaults
{
    private static readonly IReadOnlyList<Fault>[] Groups =
    [
        ApiFaults.All, WorkerFaults.All, ProjectionsFaults.All, OperationFaults.All, LockFaults.All, BrokerFaults.All, NetworkFaults.All,
        DatabaseFaults.All, CacheFaults.All, LoadFaults.All, HostileFaults.All,
    ];

    public static readonly IReadOnlyList<Fault> All = [.. Groups.SelectMany(faults => faults).OrderBy(fault => fault.Number)];

    /// <summary>The short set, in a few minutes.</summary>
    public static IReadOnlyList<Fault> Short =>
        [.. All.Where(fault => fault.ShortDuration is not null && !fault.IsExcludedFromShortSet)];
}
