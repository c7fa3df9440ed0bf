using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.ReadModels;

/// <summary>Section <c>ReadModels</c>, the same for every host.</summary>
public sealed class ReadModelOptions
{
    public const string Section = "ReadModels";

    /// <summary>
    /// Prefix of every Redis and Memcached key: installations that share servers have different prefixes. Default <c>th</c>.
    /// </summary>
    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    public string Prefix { get; set; } = "th";

    /// <summary>
    /// How long the previous generation of a read model is kept for a rollback, from 0 to 30 days. It uses memory during this time. Default
    /// 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan KeepPrevious { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a claim can be read after its hunt has closed, from 1 to 3,650 days. Then it expires in Redis; the event store keeps it.
    /// Default 400 days.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepClaims { get; set; } = TimeSpan.FromDays(400);
}
