using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Admission;

/// <summary>Checks for which players a storefront may claim over RabbitMQ.</summary>
public sealed class Storefronts(StorefrontsOptions options)
{
    /// <exception cref="UnauthorizedAccessException">
    /// The sender may not claim for this player. The dead letter contains the reason.
    /// </exception>
    /// <inheritdoc cref="ProblemOf"/>
    public void EnsureMayClaim(string? userId, string? playerId)
    {
        if (ProblemOf(userId, playerId) is { } problem)
        {
            throw new UnauthorizedAccessException(problem);
        }
    }

    /// <summary>Returns why the sender may not claim for this player; null when it may.</summary>
    /// <param name="userId">The message's <c>user_id</c>: the broker accepts a message only from the user that it names.</param>
    /// <param name="playerId">The player of the claim.</param>
    public string? ProblemOf(string? userId, string? playerId) =>
        userId is not { Length: > 0 } ? "The message has no user_id, so its sender is unknown."
        : !userId.StartsWith(BusNames.StorefrontUserPrefix, StringComparison.Ordinal)
            || Find(userId[BusNames.StorefrontUserPrefix.Length..]) is not { } storefront ? $"'{userId}' is no storefront of this Api."
        : playerId?.StartsWith(storefront.Players, StringComparison.Ordinal) != true
            ? $"'{userId}' may claim only for players whose id begins with '{storefront.Players}'."
        : null;

    // Configuration keys ignore case; the broker's users do not.
    private StorefrontOptions? Find(string name) => IdentifierRules.IsSlug(name) ? options.Storefronts.GetValueOrDefault(name) : null;
}
