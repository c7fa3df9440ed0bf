using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Platform.Messaging;

/// <summary>Section <c>Shards</c>, the same for every host.</summary>
public sealed class ShardOptions
{
    public const string Section = "Shards";

    /// <summary>Number of claim queues, from 1 to 64. Default 4.</summary>
    [Range(1, 64)]
    public int Count { get; set; } = 4;
}
