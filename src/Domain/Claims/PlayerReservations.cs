namespace TreasureHunt.Domain.Claims;

/// <summary>The reservations of one player in one scope.</summary>
public sealed class PlayerReservations
{
    private readonly Dictionary<string, int> _byTreasure = [];
    private readonly Queue<(int First, int Last)> _gaps = [];
    private (int Next, int Last) _gap = (1, 0);

    public int Total { get; private set; }

    public int OfTreasure(string treasureId) => _byTreasure.GetValueOrDefault(treasureId);

    /// <summary>Adds reservations of a treasure that were taken earlier.</summary>
    public void Add(string treasureId, int count)
    {
        _byTreasure[treasureId] = OfTreasure(treasureId) + count;
        Total += count;
    }

    /// <summary>Adds free numbers below the highest reservation, lowest first.</summary>
    public void AddGap(int first, int last) => _gaps.Enqueue((first, last));

    /// <summary>Takes and returns the lowest free number.</summary>
    public int Take(string treasureId)
    {
        if (_gap.Next > _gap.Last && _gaps.TryDequeue(out var gap))
        {
            _gap = gap;
        }

        Add(treasureId, 1);
        // When the gaps are filled, every number up to the highest is taken.
        return _gap.Next <= _gap.Last ? _gap.Next++ : Total;
    }
}
