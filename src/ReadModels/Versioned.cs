namespace TreasureHunt.ReadModels;

/// <summary>
/// A value and the sequence of the event store at which it was current. <see cref="VersionedValue"/> is its serialized form.
/// </summary>
/// <param name="Sequence">0 or more.</param>
public readonly record struct Versioned<T>(long Sequence, T Value);
