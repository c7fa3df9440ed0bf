using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Api.Admission;

/// <summary>Limits of the claims that one Api accepts at a time; section <c>Admission</c>.</summary>
public sealed class AdmissionOptions
{
    public const string Section = "Admission";

    /// <summary>
    /// The most claims whose callers may wait while no outcome has arrived for a second. Other callers then get a <c>202</c> at once. 1 to
    /// 100,000; default 400.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxWaitingClaims { get; set; } = 400;

    /// <summary>
    /// Claims of one shard that may wait to be sent; one more gets a <c>429 intake-full</c>. 1 to 1,000,000; default 4,096.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxUnsentClaims { get; set; } = 4096;

    /// <summary>
    /// How long a claim waits for the broker's confirmation; then its outcome is unknown (<c>503</c>). 100 ms to 1 minute; default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Open claim streams; one more gets a <c>503 streams-full</c>. 1 to 10,000; default 100.</summary>
    [Range(1, 10_000)]
    public int MaxClaimStreams { get; set; } = 100;
}
