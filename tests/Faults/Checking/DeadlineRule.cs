using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>12: every call ends by its deadline, with or without an answer.</summary>
public static class DeadlineRule
{
    public const string Name = "deadlineMissed";

    public static IEnumerable<Violation> Check(Evidence evidence) => evidence.Calls
        .Where(call => call.Ended - call.Started > DeadlineOf(call, evidence))
        .Select(call => new Violation(12, Name, $"call {call.Number} took {call.Ended - call.Started}", call.ClaimId, call.Resource));

    private static TimeSpan DeadlineOf(Call call, Evidence evidence) =>
        call.Kind is CallKind.Hunt or CallKind.Treasure ? evidence.ReadDeadline ?? evidence.Deadline : evidence.Deadline;
}
