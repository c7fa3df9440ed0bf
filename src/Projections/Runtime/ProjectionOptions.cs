using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Projections.Runtime;

/// <summary>Section <c>Projections</c>.</summary>
public sealed class ProjectionOptions
{
    public const string Section = "Projections";

    /// <summary>
    /// The most events that a read model applies at once. Larger batches cost less per event, smaller ones delay readers less. 1 to
    /// 10,000; default 2,000.
    /// </summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 2_000;

    /// <summary>
    /// How often a failed batch of the read models is tried again, within seconds, before its shard pauses. 1 to 100; default 8.
    /// </summary>
    [Range(1, 100)]
    public int MaxRetries { get; set; } = 8;

    /// <summary>
    /// Interval at which the event store is polled while there are no new events. A lost commit notification delays readers this long.
    /// 50 ms to 1 minute; default 250 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan IdlePollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Interval at which the leader checks each live generation for data that a cache has lost, requests its repair, and starts
    /// requested replays. 100 ms to 1 minute; default 500 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RepairInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Interval between two attempts to read an event that this build does not know. 1 second to 1 hour; default 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan UnknownEventRetryInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A shard with unread events that has made no progress for this long is reported as stalled. 5 seconds to 1 hour; default 30
    /// seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan StallThreshold { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A node of the read-model cluster is reported as full when it uses more than this part of its memory. 0.1 to 1; default 0.7,
    /// because a replay needs memory for a second generation.
    /// </summary>
    [Range(0.1, 1.0)]
    public double RedisMemoryThreshold { get; set; } = 0.7;
}
