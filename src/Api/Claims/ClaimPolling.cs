using TreasureHunt.Api.Caching;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Claims;

/// <summary>Reads a claim repeatedly while it is pending.</summary>
public static class ClaimPolling
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Ends when the claim is decided or not found, or when the timeout passes. A change of the wall clock has no effect.
    /// </summary>
    public static async Task<ReadView<ClaimView>?> ReadUntilDecidedAsync(
        Func<ValueTask<ReadView<ClaimView>?>> read, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var since = timeProvider.GetTimestamp();
        for (var interval = FirstInterval; ; interval = interval * 2 < MaxInterval ? interval * 2 : MaxInterval)
        {
            var claim = await read();
            if (claim?.View.Outcome != Outcomes.Pending || timeProvider.GetElapsedTime(since) + interval > timeout)
            {
                return claim;
            }

            await Task.Delay(interval, timeProvider, cancellationToken);
        }
    }
}
