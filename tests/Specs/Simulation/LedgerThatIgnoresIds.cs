using TreasureHunt.Specs.Claims;

namespace TreasureHunt.Specs.Simulation;

/// <summary>Accepts an event id twice.</summary>
internal sealed class LedgerThatIgnoresIds : Ledger
{
    protected override bool AreNew(IReadOnlyList<LedgerEntry> entries) => true;
}
