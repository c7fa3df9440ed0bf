using System.ComponentModel.DataAnnotations;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Settings of the section <c>Auth</c>: who issues the tokens of each audience, and with which keys.</summary>
public sealed class AuthOptions : IValidatableObject
{
    /// <summary>Tokens of players.</summary>
    public PlayerTokenOptions Players { get; set; } = new() { MaxLife = TimeSpan.FromDays(1) };

    /// <summary>Tokens of storefronts.</summary>
    public TokenOptions Storefronts { get; set; } = new() { MaxLife = TimeSpan.FromDays(1) };

    /// <summary>Tokens of administrators.</summary>
    public TokenOptions Administrators { get; set; } = new() { MaxLife = TimeSpan.FromHours(1) };

    /// <summary>
    /// Pause between two looks at a key set that can change (a URL or a file), 1 s to 1 minute; default 1 minute. A key that was removed
    /// stops within that time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>No longer read: one key for all audiences. It is here so that an old configuration is refused by name.</summary>
    [Secret]
    public string? SigningKey { get; set; }

    /// <summary>The options of each audience under the name that its settings have.</summary>
    public IEnumerable<(string Name, TokenOptions Options)> Sections() =>
        [(nameof(Players), Players), (nameof(Storefronts), Storefronts), (nameof(Administrators), Administrators)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(SigningKey))
        {
            yield return new ValidationResult(
                "one key for everybody is not read any more. Set Auth__Players__…, Auth__Storefronts__… and Auth__Administrators__…, each with keys of its own.",
                [nameof(SigningKey)]);
        }
    }
}

/// <summary>
/// Where the tokens of one audience come from. At most one of the sources of keys is set; with none, the audience has no callers.
/// </summary>
public class TokenOptions : IValidatableObject
{
    /// <summary>
    /// The <c>iss</c> that tokens must have; default <c>treasure-hunt-players</c>, <c>-storefronts</c> or <c>-administrators</c>, or what
    /// <see cref="Authority"/> publishes.
    /// </summary>
    [StringLength(256)]
    public string? Issuer { get; set; }

    /// <summary>
    /// Source of keys: an OpenID Connect issuer, whose discovery document names its key set. <c>https</c>, or <c>http</c> on this machine.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>Source of keys: where a JSON Web Key Set is fetched. <c>https</c>, or <c>http</c> on this machine.</summary>
    public string? JwksUrl { get; set; }

    /// <summary>Source of keys: a file with a JSON Web Key Set. It is read again when it changes.</summary>
    public string? JwksFile { get; set; }

    /// <summary>Source of keys: a JSON Web Key Set.</summary>
    public string? Jwks { get; set; }

    /// <summary>Source of keys in Development only: an HS256 key, at least 32 bytes.</summary>
    [Secret]
    public string? SigningKey { get; set; }

    /// <summary>Several keys like <see cref="SigningKey"/>: the first one signs what this system signs itself.</summary>
    [Secret]
    public IList<string> SigningKeys { get; } = [];

    /// <summary>
    /// Longest life of a token, from <c>iat</c> (or <c>nbf</c>) to <c>exp</c>: 1 minute to 31 days; default 1 day for players and
    /// storefronts, 1 hour for administrators.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "31.00:00:00")]
    public TimeSpan MaxLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The sources of keys that are set, by name.</summary>
    public IReadOnlyList<string> Sources() =>
    [
        .. new[] { (nameof(Authority), Authority), (nameof(JwksUrl), JwksUrl), (nameof(JwksFile), JwksFile), (nameof(Jwks), Jwks) }
            .Where(source => !string.IsNullOrEmpty(source.Item2)).Select(source => source.Item1),
        .. SymmetricKeys().Count > 0 ? [nameof(SigningKey)] : Array.Empty<string>(),
    ];

    /// <summary>All HS256 keys, the one that signs first.</summary>
    public IReadOnlyList<string> SymmetricKeys() =>
        [.. new[] { SigningKey }.Concat(SigningKeys).Where(key => !string.IsNullOrEmpty(key)).Select(key => key!)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Sources() is { Count: > 1 } sources)
        {
            yield return new ValidationResult($"only one source of keys can be set, not {string.Join(" and ", sources)}.", [sources[1]]);
        }

        foreach (var (name, url) in new[] { (nameof(Authority), Authority), (nameof(JwksUrl), JwksUrl) })
        {
            if (!string.IsNullOrEmpty(url)
                && !(Uri.TryCreate(url, UriKind.Absolute, out var uri)
                && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))))
            {
                yield return new ValidationResult("must be an https address (http on this machine only).", [name]);
            }
        }
    }
}

/// <summary>What players' tokens have besides.</summary>
public sealed class PlayerTokenOptions : TokenOptions
{
    /// <summary>
    /// The claim that is the player's id; default <c>sub</c>. An issuer whose subjects are not of the form of a player id
    /// (<c>auth0|…</c>) puts one into a claim of its own. Never a claim that players can set themselves.
    /// </summary>
    [Required]
    [StringLength(256)]
    public string PlayerClaim { get; set; } = "sub";
}
