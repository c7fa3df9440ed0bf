namespace TreasureHunt.Api.Caching;

/// <summary>A value that was read.</summary>
/// <param name="Sequence">The position of the last event that the value contains.</param>
/// <param name="TakenAt">When this process got the value from a cache.</param>
public abstract record ReadView(long Sequence, DateTimeOffset TakenAt);

/// <summary>A view that was read.</summary>
public sealed record ReadView<TView>(long Sequence, TView View, DateTimeOffset TakenAt) : ReadView(Sequence, TakenAt);
