using TreasureHunt.Contracts;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Names of the policies that are not scopes.</summary>
public static class Policies
{
    /// <summary>Players and storefronts.</summary>
    public const string Claiming = "claiming";

    /// <summary>Players, storefronts, and administrators with the scope <see cref="Scopes.Claims"/>.</summary>
    public const string ReadingClaims = "reading-claims";
}
