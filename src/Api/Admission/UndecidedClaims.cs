using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Whether decisions stand still, as far as an Api can see: it keeps a sample of the claims that the broker took, for each shard, and asks
/// the read models for them while they are old. Outcomes that come are proof of their shard's decisions; claims that wait for half a
/// minute, with none of their shard decided after them, are the opposite.
/// </summary>
/// <param name="outcomeOf">Reads the outcome of a claim; null while it has none.</param>
public sealed class UndecidedClaims(Func<Guid, CancellationToken, Task<ClaimView?>> outcomeOf, TimeProvider timeProvider)
{
    /// <summary>
    /// A sampled claim without an outcome for so long, and none of its shard after it with one, means that decisions stand still.
    /// </summary>
    public static readonly TimeSpan Threshold = TimeSpan.FromSeconds(30);

    /// <summary>Between two samples of a shard; a younger claim is not asked for.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>A claim that is not decided after so long speaks for itself alone: it may have become a dead letter.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(10);

    private const int MaxSamples = 12;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, List<WaitingClaim>> _shards = [];

    /// <summary>Whether decisions of any shard stood still at the last look.</summary>
    public bool StandsStill { get; private set; }

    /// <summary>The broker took a claim. Most of them are not sampled.</summary>
    public void Accepted(int shard, AcceptedClaim claim)
    {
        lock (_lock)
        {
            if (!_shards.TryGetValue(shard, out var samples))
            {
                _shards[shard] = samples = [];
            }

            var now = timeProvider.GetTimestamp();
            if (samples.Count > 0 && timeProvider.GetElapsedTime(samples[^1].At, now) < Interval)
            {
                return;
            }

            if (samples.Count == MaxSamples)
            {
                // The oldest tells since when, the latest whether it is over.
                samples.RemoveAt(1);
            }

            samples.Add(new WaitingClaim(claim.ClaimId, claim.AcceptedAt, now));
        }
    }

    /// <summary>Asks for the samples that are old enough.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        List<List<WaitingClaim>> shards;
        lock (_lock)
        {
            shards = [.. _shards.Values];
        }

        foreach (var samples in shards)
        {
            await LookAsync(samples, cancellationToken);
        }

        lock (_lock)
        {
            StandsStill = shards.Any(samples => samples.Count > 0 && timeProvider.GetElapsedTime(samples[0].At) >= Threshold);
        }
    }

    private async Task LookAsync(List<WaitingClaim> samples, CancellationToken cancellationToken)
    {
        List<WaitingClaim> old;
        lock (_lock)
        {
            samples.RemoveAll(sample => timeProvider.GetElapsedTime(sample.At) > GiveUpAfter);
            old = samples.FindAll(sample => timeProvider.GetElapsedTime(sample.At) >= Interval);
        }

        // The latest first: one that was decided settles all before it.
        for (var n = old.Count - 1; n >= 0; n--)
        {
            if (await outcomeOf(old[n].ClaimId, cancellationToken) is not { } outcome)
            {
                continue;
            }

            // The outcome of an earlier request with the same key may be older than every sample: it settles itself alone.
            var isOwn = outcome.AcceptedAt == old[n].AcceptedAt;
            lock (_lock)
            {
                samples.RemoveAll(sample => sample == old[n] || (isOwn && sample.At <= old[n].At));
            }

            if (isOwn)
            {
                break;
            }
        }
    }

    /// <param name="AcceptedAt">The time by which the outcome of this request is told from that of an earlier one.</param>
    /// <param name="At">When the broker took it.</param>
    private readonly record struct WaitingClaim(Guid ClaimId, DateTimeOffset AcceptedAt, long At);
}
