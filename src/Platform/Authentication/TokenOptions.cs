using System.ComponentModel.DataAnnotations;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Authentication;

/// <summary>
/// The issuer and the keys of one audience. At most one source of keys may be set. Without a source, the audience has no callers.
/// </summary>
public class TokenOptions : IValidatableObject
{
    /// <summary>
    /// The <c>iss</c> that tokens must have. Default: the issuer that <see cref="Authority"/> publishes, else
    /// <c>treasure-hunt-players</c>, <c>-storefronts</c> or <c>-administrators</c>.
    /// </summary>
    [StringLength(256)]
    public string? Issuer { get; set; }

    /// <summary>
    /// Source of keys: an OpenID Connect issuer, whose discovery document names its key set. <c>https</c>, or <c>http</c> on this machine.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>Source of keys: the address of a JSON Web Key Set. <c>https</c>, or <c>http</c> on this machine.</summary>
    public string? JwksUrl { get; set; }

    /// <summary>Source of keys: a file with a JSON Web Key Set. It is read again when it changes.</summary>
    public string? JwksFile { get; set; }

    /// <summary>Source of keys: the JSON Web Key Set itself.</summary>
    public string? Jwks { get; set; }

    /// <summary>Source of keys in Development only: an HS256 key, at least 32 bytes.</summary>
    [Secret]
    public string? SigningKey { get; set; }

    /// <summary>Several keys like <see cref="SigningKey"/>; the first one signs tokens.</summary>
    [Secret]
    public IList<string> SigningKeys { get; } = [];

    /// <summary>
    /// Maximum lifetime of a token, from <c>iat</c> (or <c>nbf</c>) to <c>exp</c>: 1 minute to 31 days; default 1 day for players and
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

    /// <summary>All HS256 keys; the first one signs.</summary>
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
