namespace TreasureHunt.Projections.Subscriptions;

/// <summary>The recorded progress of a subscription is not the expected one: an earlier leader has recorded its progress late.</summary>
public sealed class ProgressMovedException(string shard, long expected)
    : Exception($"Another worker has moved the progress of {shard} from {expected}.");
