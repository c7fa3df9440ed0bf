using System.ComponentModel.DataAnnotations;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Settings of the section <c>Auth</c>: the issuer and the keys of the tokens of each audience.</summary>
public sealed class AuthOptions : IValidatableObject
{
    /// <summary>Tokens of players.</summary>
    public PlayerTokenOptions Players { get; set; } = new() { MaxLife = TimeSpan.FromDays(1) };

    /// <summary>Tokens of storefronts.</summary>
    public TokenOptions Storefronts { get; set; } = new() { MaxLife = TimeSpan.FromDays(1) };

    /// <summary>Tokens of administrators.</summary>
    public TokenOptions Administrators { get; set; } = new() { MaxLife = TimeSpan.FromHours(1) };

    /// <summary>
    /// Interval at which a URL or file with keys is read again, 1 s to 1 minute; default 1 minute. A removed key stays valid for at most
    /// this time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>No longer read: one key for all audiences. A host with this setting does not start.</summary>
    [Secret]
    public string? SigningKey { get; set; }

    /// <summary>The options of each audience, with the name of its settings.</summary>
    public IEnumerable<(string Name, TokenOptions Options)> Sections() =>
        [(nameof(Players), Players), (nameof(Storefronts), Storefronts), (nameof(Administrators), Administrators)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(SigningKey))
        {
            yield return new ValidationResult(
                "it is no longer read. Set Auth__Players__…, Auth__Storefronts__… and Auth__Administrators__…, "
                    + "each with keys of its own.",
                [nameof(SigningKey)]);
        }
    }
}
