using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>A hunt with all of its treasures, as it was read.</summary>
/// <param name="Position">The position of the last event of the hunt or of its list of treasures, whichever is later.</param>
/// <param name="Treasures">In the order in which they were hidden.</param>
/// <param name="CompleteUpTo">The position up to which no change of a treasure is missing.</param>
public sealed record HuntSnapshot(
    Versioned<HuntView> Hunt, long Position, IReadOnlyList<Versioned<TreasureView>> Treasures, long CompleteUpTo);
