using TreasureHunt.Contracts.Commands;
using TreasureHunt.Domain;
using Xunit;

namespace TreasureHunt.Specs;

/// <summary>A test of one aggregate: given a state, when a command is decided, then an event or a refusal.</summary>
internal sealed record CommandScenario<TState>(TState? State, Func<TState?, IAdminCommand, CommandDecision> Decide)
    where TState : class
{
    /// <summary>Folds events into a state with the function that the worker uses.</summary>
    public static TState? Fold(IEnumerable<object> events, Func<TState?, object, TState?> evolve) =>
        events.Aggregate((TState?)null, evolve);

    public CommandResult When(IAdminCommand command) => new(Decide(State, command));
}

/// <summary>The decision on a command.</summary>
internal sealed record CommandResult(CommandDecision Decision)
{
    public void Then(object expected)
    {
        Assert.Null(Decision.Problem);
        Assert.Equal(expected, Decision.Event);
    }

    public void ThenRefused(string problem, string because)
    {
        Assert.Null(Decision.Event);
        Assert.Equal((problem, because), (Decision.Problem, Decision.Detail));
    }
}
