using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Claims;

/// <summary>How long a claim can be read.</summary>
public static class ClaimRetention
{
    /// <summary>
    /// When a claim expires: a fixed time after the hunt closes, or after the claim was decided when that is later.
    /// </summary>
    /// <param name="window">The hunt's window at the time of writing; null when the claim belongs to no hunt.</param>
    /// <param name="keep">How long: see <see cref="ReadModelOptions.KeepClaims"/>.</param>
    public static DateTimeOffset ExpiryOf(ClaimView claim, HuntWindow? window, TimeSpan keep)
    {
        var (decided, closes) = (claim.DecidedAt ?? DateTimeOffset.MinValue, window?.ClosesAt ?? DateTimeOffset.MinValue);
        var end = decided > closes ? decided : closes;
        return DateTimeOffset.MaxValue - keep < end ? DateTimeOffset.MaxValue : end + keep;
    }
}
