using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Detects from the Api that the decisions of a shard have stalled. It keeps samples of the accepted claims of each shard and reads their
/// outcomes when they are old enough. Decisions are stalled when a sample has no outcome for <see cref="StallThreshold"/>, and no later
/// sample of its shard has one.
/// </summary>
/// <param name="outcomeOf">Reads the outcome of a claim; null while it has none.</param>
public sealed class ClaimStallDetector(Func<Guid, CancellationToken, Task<ClaimView?>> outcomeOf, TimeProvider timeProvider)
{
    /// <summary>
    /// Decisions are stalled when a sampled claim, and all later ones of its shard, have no outcome for this time.
    /// </summary>
    public static readonly TimeSpan StallThreshold = TimeSpan.FromSeconds(30);

    /// <summary>The time between two samples of a shard. The outcome of a younger sample is not read.</summary>
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(5);

    /// <summary>A sample without an outcome after this time is dropped: its claim may be a dead letter.</summary>
    private static readonly TimeSpan SampleTtl = TimeSpan.FromMinutes(10);

    /// <summary>Samples kept for each shard.</summary>
    private const int MaxSamples = 12;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, List<SampledClaim>> _shards = [];

    /// <summary>Whether decisions of any shard were stalled at the last check.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>Keeps an accepted claim as a sample when the last sample of its shard is old enough.</summary>
    public void AddSample(int shard, AcceptedClaim claim)
    {
        lock (_lock)
        {
            if (!_shards.TryGetValue(shard, out var samples))
            {
                _shards[shard] = samples = [];
            }

            var now = timeProvider.GetTimestamp();
            if (samples.Count > 0 && timeProvider.GetElapsedTime(samples[^1].SampledAt, now) < SampleInterval)
            {
                return;
            }

            if (samples.Count == MaxSamples)
            {
                // The oldest sample shows how long the stall lasts, the latest one whether it is over.
                samples.RemoveAt(1);
            }

            samples.Add(new SampledClaim(claim.ClaimId, claim.AcceptedAt, now));
        }
    }

    /// <summary>Reads the outcomes of the samples that are old enough.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        List<List<SampledClaim>> shards;
        lock (_lock)
        {
            shards = [.. _shards.Values];
        }

        foreach (var samples in shards)
        {
            await CheckAsync(samples, cancellationToken);
        }

        lock (_lock)
        {
            IsStalled = shards.Any(
                samples => samples.Count > 0 && timeProvider.GetElapsedTime(samples[0].SampledAt) >= StallThreshold);
        }
    }

    private async Task CheckAsync(List<SampledClaim> samples, CancellationToken cancellationToken)
    {
        List<SampledClaim> old;
        lock (_lock)
        {
            samples.RemoveAll(sample => timeProvider.GetElapsedTime(sample.SampledAt) > SampleTtl);
            old = samples.FindAll(sample => timeProvider.GetElapsedTime(sample.SampledAt) >= SampleInterval);
        }

        // The latest first: when it is decided, all samples before it are done.
        for (var n = old.Count - 1; n >= 0; n--)
        {
            if (await outcomeOf(old[n].ClaimId, cancellationToken) is not { } outcome)
            {
                continue;
            }

            // The outcome of an earlier request with the same key may be older than every sample: then only this sample is done.
            var isOfThisRequest = outcome.AcceptedAt == old[n].AcceptedAt;
            lock (_lock)
            {
                samples.RemoveAll(sample => sample == old[n] || (isOfThisRequest && sample.SampledAt <= old[n].SampledAt));
            }

            if (isOfThisRequest)
            {
                break;
            }
        }
    }

    /// <param name="AcceptedAt">Distinguishes the outcome of this request from that of an earlier one.</param>
    /// <param name="SampledAt">When the broker confirmed the claim.</param>
    private readonly record struct SampledClaim(Guid ClaimId, DateTimeOffset AcceptedAt, long SampledAt);
}
