using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>7: what one client sees of one resource never goes back. Not to find what it has seen is to go back to the beginning.</summary>
public static class ForwardRule
{
    public const string Name = "wentBack";

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var seen = new Dictionary<(int Client, CallKind Kind, string Resource), long>();
        foreach (var call in evidence.Calls.Where(call => call.Kind != CallKind.Claim).OrderBy(call => call.Invoked))
        {
            if ((call.Sequence ?? (call.Status == 404 ? 0 : null)) is not { } sequence)
            {
                continue;
            }

            var resource = (call.Client, call.Kind, call.Resource);
            var before = seen.GetValueOrDefault(resource);
            if (sequence < before)
            {
                yield return new Violation(
                    7, Name, $"client {call.Client} saw {before}, then {sequence} in call {call.Number}", call.ClaimId, call.Resource);
            }

            seen[resource] = Math.Max(before, sequence);
        }
    }
}
