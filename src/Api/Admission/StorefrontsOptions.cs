using System.ComponentModel.DataAnnotations;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Admission;

/// <summary>The storefronts that may send claims over RabbitMQ.</summary>
public sealed class StorefrontsOptions : IValidatableObject
{
    /// <summary>
    /// By name: <c>Storefronts__shop1__Players</c> is for the broker's user <c>storefront-shop1</c>. Names have 1 to 64 characters of
    /// <c>a-z 0-9 -</c>. Default: none; every message on the claims exchange is then refused.
    /// </summary>
    public Dictionary<string, StorefrontOptions> Storefronts { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, storefront) in Storefronts)
        {
            if (!IdentifierRules.IsSlug(name))
            {
                yield return new ValidationResult(
                    $"the name of a storefront must have {IdentifierRules.SlugRule}.",
                    [$"{nameof(Storefronts)}:{name}"]);
            }

            // The colon ends the storefront's name: without it, shop1 would be a prefix of shop10:alice.
            if (!IdentifierRules.IsPlayer(storefront.Players) || !storefront.Players.EndsWith(':'))
            {
                yield return new ValidationResult(
                    $"it must be the beginning of player ids, {IdentifierRules.PlayerRule} "
                        + $"that end with a colon, such as {name}:",
                    [PlayersOf(name)]);
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

/// <summary>The rights of one storefront.</summary>
public sealed class StorefrontOptions
{
    /// <summary>
    /// The prefix of the ids of the players that it may claim for, up to a colon, such as <c>shop1:</c>. No prefix begins with that of
    /// another storefront.
    /// </summary>
    public string Players { get; set; } = "";
}
