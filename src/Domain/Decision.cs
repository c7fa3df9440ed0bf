using TreasureHunt.Contracts;

namespace TreasureHunt.Domain;

/// <summary>
/// What comes of an admin command: an event to record, or the rule that forbids it. A refusal is a value, not an exception.
/// </summary>
public sealed record Decision
{
    private Decision(object? @event, string? problem, string? detail) => (Event, Problem, Detail) = (@event, problem, detail);

    public object? Event { get; }

    /// <summary>One of <see cref="Contracts.ProblemNames"/>.</summary>
    public string? Problem { get; }

    public string? Detail { get; }

    public static Decision Record(object @event) => new(@event, null, null);

    public static Decision Refuse(string problem, string detail) => new(null, problem, detail);
}
