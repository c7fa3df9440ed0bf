namespace TreasureHunt.Contracts.Analytics;

/// <summary>
/// A message on <see cref="BusNames.Events"/>: every event after <see cref="After"/> up to <see cref="UpTo"/>, in the order of their
/// sequences. Each envelope begins where an earlier one ended. An envelope may be delivered again, and its events may be delivered again in
/// envelopes with other bounds.
/// </summary>
/// <param name="After">The sequence after which the envelope begins; 0 for the first envelope.</param>
/// <param name="UpTo">The sequence up to which the envelope is complete. Some sequence numbers have no event.</param>
public sealed record EventEnvelope(long After, long UpTo, IReadOnlyList<CloudEvent> Events);
