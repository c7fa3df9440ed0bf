using System.Globalization;
using TreasureHunt.Contracts;

namespace TreasureHunt.Faults.Load;

/// <summary>Many callers who have claimed and ask for the outcome all at once, each waiting as long as it is held.</summary>
public sealed class Pollers(RecordingClaimsClient client, string treasureId, int count)
{
    /// <summary>Above the numbers of all other clients of a history.</summary>
    private const int First = 1_000;

    /// <summary>How many claim at a time: no more than the edge lets through.</summary>
    private const int AtOnce = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Ends when every caller's claim is accepted.</summary>
    public async Task Claim()
    {
        using var end = new CancellationTokenSource(Patience);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = end.Token },
            async (n, cancellation) =>
        {
            while ((await client.Claim(First + n, PlayerOf(n), treasureId, "poller", wait: false)).Outcome is null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300), cancellation);
            }
        });
    }

    /// <summary>Ends when every caller was told the outcome, or patience is at its end.</summary>
    public Task Ask()
    {
        var end = new CancellationTokenSource(Patience);
        return Task.WhenAll(Enumerable.Range(0, count).Select(async n =>
        {
            var claimId = Ids.ForClaim(PlayerOf(n), treasureId, "poller");
            while (!end.IsCancellationRequested
                && !(await client.Outcome(First + n, PlayerOf(n), claimId, RecordingClaimsClient.Wait)).TellsOutcome)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300));
            }
        }));
    }

    private static string PlayerOf(int n) => string.Create(CultureInfo.InvariantCulture, $"poller-{n}");
}
