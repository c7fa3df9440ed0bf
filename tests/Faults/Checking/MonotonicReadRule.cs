using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>7: the sequences that one client gets for one resource never fall. A 404 counts as sequence 0.</summary>
public static class MonotonicReadRule
{
    public const string Name = "olderThanBefore";

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var seen = new Dictionary<(int Client, CallKind Kind, string Resource), long>();
        foreach (var call in evidence.Calls.Where(call => call.Kind != CallKind.Claim).OrderBy(call => call.Started))
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
