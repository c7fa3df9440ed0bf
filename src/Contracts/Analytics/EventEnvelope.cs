namespace TreasureHunt.Contracts.Analytics;

/// <summary>
/// A message on <see cref="BusNames.Events"/>: every fact of the log after <see cref="After"/>, up to <see cref="UpTo"/>, in
/// the order of the log. Each envelope begins where one before it ended. It may come again, and its facts may come again in
/// envelopes that are cut differently.
/// </summary>
/// <param name="After">The sequence behind which the envelope begins; 0 at the beginning of the log.</param>
/// <param name="UpTo">The sequence up to which nothing is missing. Not every number is a fact: some were never used.</param>
public sealed record EventEnvelope(long After, long UpTo, IReadOnlyList<CloudEvent> Events);
