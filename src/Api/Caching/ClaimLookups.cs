using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Batching;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Caching;

/// <summary>
/// Looks claims up in Redis. While a round trip is under way, further look-ups gather. They leave together in the next one: one query with
/// one command for each partition.
/// </summary>
public sealed class ClaimLookups
{
    /// <summary>A node that does not answer delays the look-ups of other nodes by no more than this.</summary>
    private static readonly TimeSpan MaxRound = TimeSpan.FromMilliseconds(10);

    private readonly CacheTiers _tiers;
    private readonly ReadModelKeys _keys;
    private readonly Generations _generations;
    private readonly Rounds<Lookup> _rounds;

    public ClaimLookups(CacheTiers tiers, ReadModelKeys keys, Generations generations, TimeProvider timeProvider)
    {
        (_tiers, _keys, _generations) = (tiers, keys, generations);
        _rounds = new Rounds<Lookup>(SendAsync, MaxRound, timeProvider);
    }

    /// <summary>Reads what Redis has about a claim.</summary>
    /// <exception cref="Exception">Redis does not answer: <see cref="CacheTiers.IsOutage"/> is true for it.</exception>
    /// <exception cref="ReadModelUnavailableException">The live generation is not known.</exception>
    public Task<StoredClaim> FindAsync(Guid claimId)
    {
        var lookup = new Lookup(claimId);
        _rounds.Add(lookup);
        return lookup.Answer.Task;
    }

    private async Task SendAsync(IReadOnlyList<Lookup> round)
    {
        try
        {
            var live = await _generations.LiveAsync(ReadModelNames.Claims, CancellationToken.None);
            foreach (var (lookups, failure) in await _tiers.QueryRedisAsync(
                (redis, timeout) => ReadAsync(redis, live, round, timeout), CancellationToken.None))
            {
                Fail(lookups, failure);
            }
        }
#pragma warning disable CA1031 // The exception belongs to the look-ups that have no answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(round, exception);
        }
    }

    // The circuit breaker counts the round as a failure when most of its look-ups fail: one node of three must not open it.
    private async Task<List<(IReadOnlyList<Lookup> Lookups, Exception Failure)>> ReadAsync(
        IDatabase redis, GenerationKeys live, IReadOnlyList<Lookup> round, CancellationToken timeout)
    {
        var partitions = round.GroupBy(lookup => lookup.Partition).Select(group => (IReadOnlyList<Lookup>)[.. group]).ToList();
        var failures = await Task.WhenAll(partitions.Select(lookups => ReadPartitionAsync(redis, live, lookups, timeout)));
        var failed = partitions.Zip(failures).Where(read => read.Second is not null).Select(read => (read.First, read.Second!)).ToList();
        return failed.Sum(read => read.First.Count) * 2 <= round.Count ? failed : throw failed[0].Item2;
    }

    /// <returns>Null when the look-ups have their answers.</returns>
    private async Task<Exception?> ReadPartitionAsync(
        IDatabase redis, GenerationKeys live, IReadOnlyList<Lookup> lookups, CancellationToken timeout)
    {
        var names = new RedisKey[(2 * lookups.Count) + 1];
        for (var n = 0; n < lookups.Count; n++)
        {
            (names[2 * n], names[(2 * n) + 1]) = (live.Claim(lookups[n].ClaimId).Name, _keys.Pending(lookups[n].ClaimId));
        }

        names[^1] = live.Checkpoint(lookups[0].Partition);
        try
        {
            var values = await redis.StringGetAsync(names).WaitAsync(timeout);
            for (var n = 0; n < lookups.Count; n++)
            {
                lookups[n].Answer.TrySetResult(new StoredClaim(values[2 * n], values[(2 * n) + 1], values[^1]));
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            return new TimeoutException("Redis did not answer in time.");
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            return exception;
        }
    }

    private static void Fail(IReadOnlyList<Lookup> lookups, Exception exception)
    {
        foreach (var lookup in lookups)
        {
            lookup.Answer.TrySetException(exception);
        }
    }

    private sealed class Lookup(Guid claimId)
    {
        public Guid ClaimId { get; } = claimId;

        public int Partition { get; } = Partitions.Of(claimId);

        // Continuations run one after the other on the thread of the answer, so that no other thread wakes. They must not block.
        public TaskCompletionSource<StoredClaim> Answer { get; } = new();
    }
}

/// <summary>What Redis has about a claim.</summary>
/// <param name="Decided">The outcome.</param>
/// <param name="Pending">The mark of a claim that was accepted.</param>
/// <param name="Checkpoint">The position up to which the partition of the claim is complete.</param>
public readonly record struct StoredClaim(RedisValue Decided, RedisValue Pending, RedisValue Checkpoint);
