using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Api.Visitors;

/// <summary>
/// Settings of the section <c>Visitors</c>: player tokens for anyone who asks, so that the page can be tried without a shop.
/// </summary>
/// <remarks>While it is on, anyone can be as many players as it gives tokens: every limit of a player is a limit of a token.</remarks>
public sealed class VisitorOptions
{
    /// <summary>Whether <c>POST /v1/visitors</c> gives tokens; default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// A file with the private key, one of the players' keys, that signs the tokens: PEM, EC (P-256) or RSA. In Development,
    /// <c>Auth__Players__SigningKey</c> does as well.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// Tokens that one address is given in a minute, 1 to 100,000; default 5. An IPv6 address counts with its /64 network.
    /// </summary>
    [Range(1, 100_000)]
    public int PerMinute { get; set; } = 5;

    /// <summary>Tokens that one address is given at once after a pause, 1 to 100,000; default 5.</summary>
    [Range(1, 100_000)]
    public int Burst { get; set; } = 5;
}
