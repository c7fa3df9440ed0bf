using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Admission;

/// <summary>Checks for which players a storefront may claim over RabbitMQ.</summary>
public sealed class Storefronts(StorefrontsOptions options)
{
    /// <param name="userId">The message's <c>user_id</c>: the broker accepts a message only from the user that it names.</param>
    /// <param name="playerId">The player of the claim.</param>
    /// <exception cref="UnauthorizedAccessException">
    /// The sender may not claim for this player. The dead letter contains the reason.
    /// </exception>
    public void EnsureMayClaim(string? userId, string? playerId)
    {
        if (userId is not { Length: > 0 })
        {
            throw new UnauthorizedAccessException("The message has no user_id, so its sender is unknown.");
        }

        if (!userId.StartsWith(BusNames.StorefrontUserPrefix, StringComparison.Ordinal)
            || Find(userId[BusNames.StorefrontUserPrefix.Length..]) is not { } storefront)
        {
            throw new UnauthorizedAccessException($"'{userId}' is no storefront of this Api.");
        }

        if (playerId?.StartsWith(storefront.Players, StringComparison.Ordinal) != true)
        {
            throw new UnauthorizedAccessException($"'{userId}' may claim only for players whose id begins with '{storefront.Players}'.");
        }
    }

    // Configuration keys ignore case; the broker's users do not.
    private StorefrontOptions? Find(string name) => IdentifierRules.IsSlug(name) ? options.Storefronts.GetValueOrDefault(name) : null;
}
