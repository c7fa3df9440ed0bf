using Microsoft.AspNetCore.Http.HttpResults;
using TreasureHunt.Contracts;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Problems;

namespace TreasureHunt.Projections.EventFeed;

/// <summary><c>GET /admin/commands</c>: the administrators' commands, oldest first, with their authors.</summary>
public static class CommandHistoryEndpoints
{
    private const int MaxTop = 1_000;

    public static void MapCommands(this IEndpointRouteBuilder admin) => admin.MapGet("/commands", ListCommandsAsync);

    /// <param name="by">The subject of the administrator's token; without it, all administrators.</param>
    /// <param name="after">The sequence after which the list begins: the last one of the previous list.</param>
    private static async Task<Results<Ok<CommandList>, ProblemHttpResult>> ListCommandsAsync(
        EventReader eventFeed, CancellationToken cancellationToken, string? by = null, long after = 0, int top = 100)
    {
        if (after < 0 || top is < 1 or > MaxTop)
        {
            return after < 0
                ? AdminProblems.InvalidParameter(nameof(after), "A sequence is 0 or more.")
                : AdminProblems.InvalidParameter(nameof(top), $"The range is 1 to {MaxTop}.");
        }

        if (by is not null && !(by.Length <= Actor.MaxLength && IdentifierRules.IsText(by)))
        {
            return AdminProblems.InvalidParameter(
                nameof(by), $"A subject has at most {Actor.MaxLength} characters; {IdentifierRules.TextRule}.");
        }

        var commands = await eventFeed.ReadAdminEventsAsync(after, by, top, cancellationToken);
        return TypedResults.Ok(new CommandList([.. commands.Select(SecretFilter.RemoveSecrets)]));
    }
}

/// <summary>Administrative events, each with the author of its command.</summary>
public sealed record CommandList(IReadOnlyList<EventLine> Commands);
