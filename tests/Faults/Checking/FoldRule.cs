using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>
/// 8: a treasure that was read is what the log makes of it up to the place that the answer states. That place is the
/// treasure's own last event, so one that is not an event of the treasure was made up, or its event was lost.
/// </summary>
public static class FoldRule
{
    public const string Name = "readIsNotTheFold";

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
        null when read.Sequence is null => "no place is stated",
        null => "there was no such treasure",
        { } state when state.Sequence != read.Sequence => $"the treasure's last event is {state.Sequence}",
        { } state when (read.Stock, read.Awarded, read.Remaining) != (state.Stock, state.Awarded, state.Remaining) =>
            $"told {read.Awarded} of {read.Stock} and {read.Remaining} left, in the log are {state.Awarded} of {state.Stock}",
        { } state when !Fits(read.State, state) =>
            $"told {read.State} with {state.Remaining} left, {(state.Withdrawn ? "withdrawn" : "not withdrawn")}",
        _ => null,
    };

    // Whether it is hidden depends on its hunt and on the time; everything else is its own.
    private static bool Fits(string? told, TreasureState state) => told switch
    {
        "withdrawn" => state.Withdrawn,
        "exhausted" => !state.Withdrawn && state.Remaining <= 0,
        "available" => !state.Withdrawn && state.Remaining > 0,
        "hidden" => !state.Withdrawn,
        _ => false,
    };
}
