using TreasureHunt.Specs.Claims;

namespace TreasureHunt.Specs.Simulation;

/// <summary>Ignores expected versions.</summary>
internal class LedgerThatIgnoresVersions : Ledger
{
    protected override bool AreAsRead(IReadOnlyList<LedgerEntry> entries, IReadOnlyDictionary<string, long> read) => true;
}
