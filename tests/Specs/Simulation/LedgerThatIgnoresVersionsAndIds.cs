namespace TreasureHunt.Specs.Simulation;

/// <summary>Ignores expected versions and accepts an event id twice.</summary>
internal sealed class LedgerThatIgnoresVersionsAndIds : LedgerThatIgnoresVersions
{
    protected override bool AreNew(IReadOnlyList<LedgerEntry> entries) => true;
}
