using TreasureHunt.Contracts;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>7: a player finds each of its accepted claims, decided or not.</summary>
public static class KnownClaimRule
{
    public const string Name = "acceptedButUnknown";

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        if (evidence.MarksLost)
        {
            return [];
        }

        var accepted = evidence.Calls.Where(call => call is { Kind: CallKind.Claim, Outcome: not null, ClaimId: not null })
            .GroupBy(call => call.ClaimId!.Value).ToDictionary(claim => claim.Key, claim => claim.Min(call => call.Ended));
        return evidence.Calls
            .Where(call =>
                call is { Kind: CallKind.Outcome, Problem: ProblemNames.ClaimNotFound, ClaimId: { } id }
                    && accepted.TryGetValue(id, out var acceptedAt) && acceptedAt < call.Started)
            .Select(call =>
                new Violation(7, Name, $"call {call.Number} did not find a claim that had been accepted", call.ClaimId, call.Resource));
    }
}
