using TreasureHunt.Contracts.Commands;
using TreasureHunt.Domain;
using Xunit;

namespace TreasureHunt.Specs;

/// <summary>Given what happened, when a command comes, then an event or the rule that forbids it.</summary>
internal sealed record CommandScenario<TState>(TState? State, Func<TState?, IAdminCommand, Decision> Decide)
    where TState : class
{
    /// <summary>The state that some events amount to, by the same fold as the worker's.</summary>
    public static TState? Fold(IEnumerable<object> events, Func<TState?, object, TState?> evolve) =>
        events.Aggregate((TState?)null, evolve);

    public CommandResult When(IAdminCommand command) => new(Decide(State, command));
}

/// <summary>What came of a command.</summary>
internal sealed record CommandResult(Decision Decision)
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
