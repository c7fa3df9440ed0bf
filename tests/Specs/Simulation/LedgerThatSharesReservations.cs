using TreasureHunt.Domain.Claims;
using TreasureHunt.Specs.Claims;

namespace TreasureHunt.Specs.Simulation;

/// <summary>Gives the same reservation to two awards.</summary>
internal sealed class LedgerThatSharesReservations : Ledger
{
    protected override bool AreFree(IReadOnlyList<Reservation> reservations) => true;
}
