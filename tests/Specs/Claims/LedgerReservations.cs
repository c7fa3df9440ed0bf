using TreasureHunt.Domain.Claims;

namespace TreasureHunt.Specs.Claims;

/// <summary>The reservations of a ledger, unique by scope, player and number.</summary>
internal sealed class LedgerReservations
{
    private readonly Dictionary<(string Scope, string Player, int N), Reservation> _byNumber = [];

    public bool Contains(Reservation reservation) => _byNumber.ContainsKey((reservation.Scope, reservation.PlayerId, reservation.Number));

    public bool HasAnyOf(Guid claimId) => _byNumber.Values.Any(reservation => reservation.ClaimId == claimId);

    public void Add(IEnumerable<Reservation> reservations)
    {
        foreach (var reservation in reservations)
        {
            _byNumber[(reservation.Scope, reservation.PlayerId, reservation.Number)] = reservation;
        }
    }

    public void RemoveOf(Guid claimId)
    {
        foreach (var (number, _) in _byNumber.Where(reservation => reservation.Value.ClaimId == claimId).ToList())
        {
            _byNumber.Remove(number);
        }
    }

    /// <summary>The state that a worker reads: the count and the gaps for each scope and player.</summary>
    public QuotaReservations ToQuotaReservations()
    {
        var reservations = new QuotaReservations();
        foreach (var held in _byNumber.Values.GroupBy(reservation => (reservation.Scope, reservation.PlayerId)))
        {
            var before = 0;
            foreach (var reservation in held.OrderBy(reservation => reservation.Number))
            {
                reservations.Add(reservation.Scope, reservation.PlayerId, reservation.TreasureId, 1);
                if (reservation.Number > before + 1)
                {
                    reservations.AddGap(reservation.Scope, reservation.PlayerId, before + 1, reservation.Number - 1);
                }

                before = reservation.Number;
            }
        }

        return reservations;
    }
}
