namespace TreasureHunt.Projections.Runtime;

/// <summary>A projection cannot apply an event to the state of its stream.</summary>
public sealed class EvolveException(Exception inner) : Exception(inner.Message, inner);
