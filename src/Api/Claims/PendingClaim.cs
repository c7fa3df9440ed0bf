using TreasureHunt.Api.Caching;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Claims;

/// <summary>Reads a claim again while it is pending.</summary>
public static class PendingClaim
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Ends when the claim is no longer pending, is not found, or is pending at the timeout. A wall clock that is set meanwhile changes
    /// nothing.
    /// </summary>
    public static async Task<ReadView<ClaimView>?> UntilDecidedAsync(
        Func<ValueTask<ReadView<ClaimView>?>> read, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var since = timeProvider.GetTimestamp();
        for (var interval = FirstInterval; ; interval = interval * 2 < MaxInterval ? interval * 2 : MaxInterval)
        {
            var seen = await read();
            if (seen?.View.Outcome != Outcomes.Pending || timeProvider.GetElapsedTime(since) + interval > timeout)
            {
                return seen;
            }

            await Task.Delay(interval, timeProvider, cancellationToken);
        }
    }
}
