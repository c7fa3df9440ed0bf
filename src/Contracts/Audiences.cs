namespace TreasureHunt.Contracts;

/// <summary>The audiences (<c>aud</c>) of tokens. Each has an issuer and keys of its own; a token names exactly one of them.</summary>
public static class Audiences
{
    /// <summary>Claims for itself and reads its own claims.</summary>
    public const string Player = "treasure-hunt-player";

    /// <summary>Claims for the players whose ids begin with its prefix, and reads their claims.</summary>
    public const string Storefront = "treasure-hunt-storefront";

    /// <summary>Does what its <see cref="Scopes"/> say.</summary>
    public const string Administrator = "treasure-hunt-admin";
}

/// <summary>What an administrator's token may do: the words of its claim <c>scope</c>, one blank between.</summary>
public static class Scopes
{
    /// <summary>Run hunts and treasures.</summary>
    public const string Hunts = "hunts";

    /// <summary>Revoke awards, and read any claim.</summary>
    public const string Claims = "claims";

    /// <summary>Replays, generations and the lag of projections.</summary>
    public const string Operations = "operations";

    /// <summary>Read the feed, the audit, points in time and administrative commands.</summary>
    public const string Read = "read";

    public static readonly IReadOnlyList<string> All = [Hunts, Claims, Operations, Read];
}
