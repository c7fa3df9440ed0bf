namespace TreasureHunt.Contracts;

/// <summary>The audiences (<c>aud</c>) of tokens. Each has an issuer and keys of its own; a token names exactly one of them.</summary>
public static class Audiences
{
    /// <summary>A player: claims for itself and reads its own claims.</summary>
    public const string Player = "treasure-hunt-player";

    /// <summary>A storefront: claims for the players whose ids begin with its prefix, and reads their claims.</summary>
    public const string Storefront = "treasure-hunt-storefront";

    /// <summary>An administrator: may do what its <see cref="Scopes"/> allow.</summary>
    public const string Administrator = "treasure-hunt-admin";
}
