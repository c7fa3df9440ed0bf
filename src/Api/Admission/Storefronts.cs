using System.ComponentModel.DataAnnotations;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Api.Admission;

/// <summary>The storefronts that may put claims onto the bus themselves.</summary>
public sealed class StorefrontsOptions : IValidatableObject
{
    /// <summary>
    /// By name: <c>Storefronts__shop1__Players</c> is for the broker's user <c>storefront-shop1</c>. Names have 1 to 64 characters of
    /// <c>a-z 0-9 -</c>. None by default: every message on the claims exchange is then refused.
    /// </summary>
    public Dictionary<string, StorefrontOptions> Storefronts { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, storefront) in Storefronts)
        {
            if (!IdentifierRules.IsSlug(name))
            {
                yield return new ValidationResult(
                    $"the name of a storefront must have 1 to {IdentifierRules.MaxId} characters of a-z 0-9 -.",
                    [$"{nameof(Storefronts)}:{name}"]);
            }

            // The colon ends the storefront's name: without it, shop1 would be a prefix of shop10:alice.
            if (!IdentifierRules.IsPlayer(storefront.Players) || !storefront.Players.EndsWith(':'))
            {
                yield return new ValidationResult(
                    $"it must be the beginning of player ids, 1 to {IdentifierRules.MaxId} characters of A-Z a-z 0-9 . _ : - that end with a colon, such as {name}:", [PlayersOf(name)]);
            }

            if (Storefronts.FirstOrDefault(
                other =>
                    other.Key != name
                        && storefront.Players.StartsWith(other.Value.Players, StringComparison.Ordinal)) is { Key: { } covering })
            {
                yield return new ValidationResult(
                    $"it begins with the prefix of {covering}, which could claim for its players.", [PlayersOf(name)]);
            }
        }

        static string PlayersOf(string name) => $"{nameof(Storefronts)}:{name}:{nameof(StorefrontOptions.Players)}";
    }
}

/// <summary>What one storefront may do.</summary>
public sealed class StorefrontOptions
{
    /// <summary>
    /// The beginning of the ids of the players it may claim for, up to a colon, such as <c>shop1:</c>. No other storefront's begins with
    /// it.
    /// </summary>
    public string Players { get; set; } = "";
}

/// <summary>Which storefront may claim for which players.</summary>
public sealed class Storefronts(StorefrontsOptions options)
{
    /// <param name="userId">The message's <c>user_id</c>: the broker takes a message only from the user that it names.</param>
    /// <param name="playerId">The player for whom is claimed.</param>
    /// <exception cref="UnauthorizedAccessException">
    /// The sender may not claim for this player. The message says why; it goes to the dead-letter queue with it.
    /// </exception>
    public void Check(string? userId, string? playerId)
    {
        if (userId is not { Length: > 0 })
        {
            throw new UnauthorizedAccessException("The message has no user_id, so its sender is unknown.");
        }

        if (!userId.StartsWith(BusNames.StorefrontUser, StringComparison.Ordinal)
            || Find(userId[BusNames.StorefrontUser.Length..]) is not { } storefront)
        {
            throw new UnauthorizedAccessException($"'{userId}' is no storefront of this Api.");
        }

        if (playerId?.StartsWith(storefront.Players, StringComparison.Ordinal) != true)
        {
            throw new UnauthorizedAccessException($"'{userId}' may claim only for players whose id begins with '{storefront.Players}'.");
        }
    }

    // Configuration keys have no case; the broker's users do.
    private StorefrontOptions? Find(string name) => IdentifierRules.IsSlug(name) ? options.Storefronts.GetValueOrDefault(name) : null;
}

/// <summary>Registers the storefronts.</summary>
public static class StorefrontsRegistration
{
    public static IServiceCollection AddStorefronts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<StorefrontsOptions>(configuration, "");
        return services.AddSingleton<Storefronts>();
    }
}
