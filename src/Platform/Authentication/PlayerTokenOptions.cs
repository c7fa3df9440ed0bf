using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Settings of players' tokens.</summary>
public sealed class PlayerTokenOptions : TokenOptions
{
    /// <summary>
    /// The claim that holds the player's id; default <c>sub</c>. An issuer whose subjects are no valid player ids (<c>auth0|…</c>) must
    /// send the id in another claim. Never use a claim that players can set themselves.
    /// </summary>
    [Required]
    [StringLength(256)]
    public string PlayerClaim { get; set; } = "sub";
}
