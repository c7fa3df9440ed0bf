namespace TreasureHunt.Api.Admission;

/// <summary>
/// The limit of claims whose callers wait for the outcome. Any number may wait while outcomes arrive. While outcomes stall, each waiting
/// caller holds a concurrency slot of the edge proxy that other callers need, so no more than
/// <see cref="AdmissionOptions.MaxWaitingClaims"/> wait.
/// </summary>
/// <remarks>
/// A <see cref="System.Threading.RateLimiting.ConcurrencyLimiter"/> does not fit: it refuses whenever its permits are in use, and it does
/// not count what it did not permit. This limit refuses only while outcomes stall, and counts all claims that are waited for, also those
/// above the limit from before the stall.
/// </remarks>
public sealed class WaitingClaimLimit(AdmissionOptions options, TimeProvider timeProvider)
{
    /// <summary>Outcomes stall when none has arrived for this time.</summary>
    public static readonly TimeSpan StallThreshold = TimeSpan.FromSeconds(1);

    private long _lastOutcomeAt = timeProvider.GetTimestamp();

    /// <summary>Whether no outcome has arrived for <see cref="StallThreshold"/>.</summary>
    public bool HaveOutcomesStalled => timeProvider.GetElapsedTime(Volatile.Read(ref _lastOutcomeAt)) > StallThreshold;

    /// <summary>Whether no other caller may wait.</summary>
    /// <param name="waitingClaims">Claims that callers wait for.</param>
    public bool IsReached(int waitingClaims) => waitingClaims >= options.MaxWaitingClaims && HaveOutcomesStalled;

    /// <summary>Records that an outcome arrived, for any claim.</summary>
    public void RecordOutcome() => Volatile.Write(ref _lastOutcomeAt, timeProvider.GetTimestamp());
}
