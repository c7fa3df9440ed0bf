using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Trials;

/// <summary>Checks the calls of a trial against the expectations of its fault.</summary>
internal static class CallCheck
{
    /// <summary>The engine reports a failure after five seconds; a busy machine adds to that.</summary>
    private static readonly TimeSpan MaxFailureTime = TimeSpan.FromSeconds(8);

    public static IEnumerable<Violation> FindViolations(Fault fault, IReadOnlyList<Call> calls, TrialResult result)
    {
        // A trial without a decision shows nothing.
        if (!calls.Any(call => call.Outcome is not null))
        {
            yield return new Violation(0, "noAcceptedClaim", "no claim was accepted", null, null);
        }

        if (!calls.Any(call => call.HasFinalOutcome))
        {
            yield return new Violation(0, "noOutcome", "no claim was decided", null, null);
        }

        if (fault.MustFailNoCall && calls.FirstOrDefault(TrialResult.IsInconclusive) is { } failed)
        {
            yield return new Violation(13, "callFailed", $"a call failed: {failed}", failed.ClaimId, failed.Resource);
        }

        if (fault.MustServeReads && calls.FirstOrDefault(IsFailedRead) is { } read)
        {
            yield return new Violation(13, "readFailed", $"a read failed: {read}", null, read.Resource);
        }

        if (fault.MustFailSomeCall && !calls.Any(TrialResult.IsInconclusive))
        {
            yield return new Violation(0, "faultWithoutEffect", "no call failed", null, null);
        }

        if (calls.FirstOrDefault(call => call.Status >= 500 && call.Ended - call.Started > MaxFailureTime) is { } late)
        {
            yield return new Violation(
                12, "lateFailure", $"a 5xx came after {(late.Ended - late.Started).TotalSeconds:0.0} s: {late}", late.ClaimId,
                late.Resource);
        }

        if (result.RecoverySeconds > fault.MaxRecovery.TotalSeconds)
        {
            yield return new Violation(
                13, "recovery", $"recovery took {result.RecoverySeconds} s; the limit is {fault.MaxRecovery.TotalSeconds} s", null, null);
        }
    }

    private static bool IsFailedRead(Call call) =>
        call.Kind is CallKind.Hunt or CallKind.Treasure && TrialResult.IsInconclusive(call);
}
