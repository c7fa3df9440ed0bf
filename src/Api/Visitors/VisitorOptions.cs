using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Api.Visitors;

/// <summary>
/// Player tokens for every caller, so that the web page works without a shop; section <c>Visitors</c>.
/// </summary>
/// <remarks>While it is enabled, one person can have many tokens, so each limit of a player is a limit of a token.</remarks>
public sealed class VisitorOptions
{
    public const string Section = "Visitors";

    /// <summary>Whether <c>POST /v1/visitors</c> issues tokens; default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// A PEM file with the private key that signs the tokens, one of the players' keys: EC (P-256) or RSA. Without it,
    /// <c>Auth__Players__SigningKey</c> is used in Development.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// Tokens for one address in a minute. 1 to 100,000; default 5. An IPv6 address counts with its /64 network.
    /// </summary>
    [Range(1, 100_000)]
    public int PerMinute { get; set; } = 5;

    /// <summary>Tokens for one address at once after a pause. 1 to 100,000; default 5.</summary>
    [Range(1, 100_000)]
    public int Burst { get; set; } = 5;
}
