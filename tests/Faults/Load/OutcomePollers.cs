using System.Globalization;
using TreasureHunt.Contracts;

namespace TreasureHunt.Faults.Load;

/// <summary>Callers that each have a claim and all request its outcome at once, with the longest wait that they may ask for.</summary>
public sealed class OutcomePollers(RecordingClaimsClient client, string treasureId, int count)
{
    /// <summary>Client number of the first caller, above those of all other clients of a history.</summary>
    private const int FirstClient = 1_000;

    /// <summary>Concurrent claims, fewer than the edge proxy admits.</summary>
    private const int MaxConcurrentClaims = 16;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(300);

    /// <summary>Ends when every claim is accepted.</summary>
    public async Task SendClaims()
    {
        using var end = new CancellationTokenSource(Timeout);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentClaims, CancellationToken = end.Token },
            async (n, cancellation) =>
            {
                while ((await client.Claim(FirstClient + n, PlayerOf(n), treasureId, "poller", wait: false)).Outcome is null)
                {
                    await Task.Delay(RetryInterval, cancellation);
                }
            });
    }

    /// <summary>Ends when every caller has its outcome, or after the timeout.</summary>
    public Task PollOutcomes()
    {
        var end = new CancellationTokenSource(Timeout);
        return Task.WhenAll(Enumerable.Range(0, count).Select(async n =>
        {
            var claimId = Ids.ForClaim(PlayerOf(n), treasureId, "poller");
            while (!end.IsCancellationRequested
                && !(await client.GetOutcome(FirstClient + n, PlayerOf(n), claimId, RecordingClaimsClient.OutcomeWait)).HasFinalOutcome)
            {
                await Task.Delay(RetryInterval);
            }
        }));
    }

    private static string PlayerOf(int n) => string.Create(CultureInfo.InvariantCulture, $"poller-{n}");
}
