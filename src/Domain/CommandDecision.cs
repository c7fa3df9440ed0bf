using TreasureHunt.Contracts;

namespace TreasureHunt.Domain;

/// <summary>
/// The decision on an administrative command: an event to record, or the rule that forbids it. A refusal is a value, not an exception.
/// </summary>
public sealed record CommandDecision
{
    private CommandDecision(object? @event, string? problem, string? detail) => (Event, Problem, Detail) = (@event, problem, detail);

    /// <summary>The event to record; null when the command is refused.</summary>
    public object? Event { get; }

    /// <summary>One of <see cref="ProblemNames"/>; null when the command is not refused.</summary>
    public string? Problem { get; }

    public string? Detail { get; }

    public static CommandDecision Record(object @event) => new(@event, null, null);

    public static CommandDecision Refuse(string problem, string detail) => new(null, problem, detail);
}
