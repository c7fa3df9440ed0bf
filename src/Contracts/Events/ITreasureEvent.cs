namespace TreasureHunt.Contracts.Events;

/// <summary>An event of a treasure.</summary>
public interface ITreasureEvent
{
    string TreasureId { get; }
}
