using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>
/// 8: each read of a treasure equals the state of its events up to the sequence that the answer states. That sequence is the treasure's
/// last event: otherwise the answer is invented, or the event is lost.
/// </summary>
public static class ReadEqualsEventsRule
{
    public const string Name = "readDiffersFromEvents";

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var states = new TreasureStates(evidence.Log);
        return evidence.Calls
            .Where(call => call is { Kind: CallKind.Treasure, Status: 200, Result: CallResult.Ok })
            .Select(call => (Call: call, Wrong: Wrong(call, call.Sequence is { } sequence ? states.At(call.Resource, sequence) : null)))
            .Where(read => read.Wrong is not null)
            .Select(read =>
                new Violation(8, Name, $"call {read.Call.Number} at {read.Call.Sequence}: {read.Wrong}", Resource: read.Call.Resource));
    }

    private static string? Wrong(Call read, TreasureState? at) => at switch
    {
        null when read.Sequence is null => "the answer states no sequence",
        null => "there was no such treasure",
        { } state when state.Sequence != read.Sequence => $"the treasure's last event is {state.Sequence}",
        { } state when (read.Stock, read.Awarded, read.Remaining) != (state.Stock, state.Awarded, state.Remaining) =>
            $"the answer says {read.Awarded} of {read.Stock} awarded and {read.Remaining} left, the events say {state.Awarded} of "
                + $"{state.Stock}",
        { } state when !Fits(read.State, state) =>
            $"the answer says {read.State}, the events say {state.Remaining} left and {(state.Withdrawn ? "withdrawn" : "not withdrawn")}",
        _ => null,
    };

    // "hidden" depends on the hunt and on the time, the other states on the treasure alone.
    private static bool Fits(string? status, TreasureState state) => status switch
    {
        "withdrawn" => state.Withdrawn,
        "exhausted" => !state.Withdrawn && state.Remaining <= 0,
        "available" => !state.Withdrawn && state.Remaining > 0,
        "hidden" => !state.Withdrawn,
        _ => false,
    };
}
