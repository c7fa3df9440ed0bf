using TreasureHunt.Specs.Claims;

namespace TreasureHunt.Specs.Simulation;

/// <summary>Checks only the versions of the streams that it writes: awards and refusals of a treasure do not conflict.</summary>
internal sealed class LedgerThatChecksOnlyWrittenStreams : Ledger
{
    protected override bool AreAsRead(IReadOnlyList<LedgerEntry> entries, IReadOnlyDictionary<string, long> read) =>
        entries.GroupBy(entry => entry.Stream).All(stream => stream.First().Version == VersionOf(stream.Key) + 1);
}
