using Microsoft.AspNetCore.Http.HttpResults;
using TreasureHunt.Contracts;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Problems;

namespace TreasureHunt.Projections.EventFeed;

/// <summary><c>GET /admin/commands</c>: what administrators did, oldest first, and who it was.</summary>
public static class CommandEndpoints
{
    private const int MaxTop = 1_000;

    public static void MapCommands(this IEndpointRouteBuilder admin) => admin.MapGet("/commands", ReadAsync);

    /// <param name="by">The subject of the administrator's token; everybody when it is left out.</param>
    /// <param name="after">A sequence: the next page begins after the last one of this page.</param>
    private static async Task<Results<Ok<CommandList>, ProblemHttpResult>> ReadAsync(
        EventFeedReader log, CancellationToken cancellationToken, string? by = null, long after = 0, int top = 100)
    {
        if (after < 0 || top is < 1 or > MaxTop)
        {
            return after < 0
                ? AdminProblems.Parameter(nameof(after), "A sequence is 0 or more.")
                : AdminProblems.Parameter(nameof(top), $"1 to {MaxTop}");
        }

        if (by is not null && !(by.Length <= Actor.MaxLength && IdentifierRules.IsText(by)))
        {
            return AdminProblems.Parameter(nameof(by), $"A subject has at most {Actor.MaxLength} characters; {IdentifierRules.TextRule}.");
        }

        var commands = await log.CommandsAsync(after, by, top, cancellationToken);
        return TypedResults.Ok(new CommandList([.. commands.Select(FeedEndpoints.WithoutSecrets)]));
    }
}

/// <summary>Administrative events, each with who gave the command.</summary>
public sealed record CommandList(IReadOnlyList<EventLine> Commands);
