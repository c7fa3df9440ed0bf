using System.Text.Json;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Loads the keys of one audience from a URL, a file, or the settings themselves.</summary>
public sealed class KeySource(TokenOptions options, string defaultIssuer, HttpClient http)
{
    /// <summary>Whether the keys can change while the host runs.</summary>
    public bool CanChange => options.Sources() is not ([] or [nameof(TokenOptions.Jwks)] or [nameof(TokenOptions.SigningKey)]);

    /// <summary>Whether a load needs no network, so that it can happen before the host starts.</summary>
    public bool IsLocal => options.Sources() is not ([nameof(TokenOptions.Authority)] or [nameof(TokenOptions.JwksUrl)]);

    private string Issuer => string.IsNullOrEmpty(options.Issuer) ? defaultIssuer : options.Issuer;

    /// <exception cref="SettingException">The source contains no valid key set.</exception>
    /// <exception cref="HttpRequestException">The URL does not answer, or answers with an error.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<AudienceKeys> LoadAsync(
        CancellationToken cancellationToken) => (options.Sources() is [var first, ..] ? first : null) switch
        {
            null => new AudienceKeys([], Issuer),
            nameof(TokenOptions.SigningKey) => new AudienceKeys([.. options.SymmetricKeys().Select(KeyMaterial.Symmetric)], Issuer),
            nameof(TokenOptions.Jwks) => new AudienceKeys(KeyMaterial.FromJwks(options.Jwks!), Issuer),
            nameof(TokenOptions.JwksFile) =>
                new AudienceKeys(KeyMaterial.FromJwks(await File.ReadAllTextAsync(options.JwksFile!, cancellationToken)), Issuer),
            nameof(TokenOptions.JwksUrl) => new AudienceKeys(await FetchAsync(new Uri(options.JwksUrl!), cancellationToken), Issuer),
            _ => await DiscoverAsync(options.Authority!.TrimEnd('/'), cancellationToken),
        };

    // OpenID Connect Discovery 1.0, section 4.3: the document must name the requested issuer.
    private async Task<AudienceKeys> DiscoverAsync(string authority, CancellationToken cancellationToken)
    {
        var text = await http.GetStringAsync(new Uri($"{authority}/.well-known/openid-configuration"), cancellationToken);
        using var document = JsonDocument.Parse(text);
        if (!document.RootElement.TryGetProperty("issuer", out var published) || published.GetString() is not { } issuer
            || issuer.TrimEnd('/') != authority)
        {
            throw new SettingException($"the discovery document of {authority} names another issuer.");
        }

        if (!document.RootElement.TryGetProperty("jwks_uri", out var address)
            || !Uri.TryCreate(address.GetString(), UriKind.Absolute, out var jwks)
            || !(jwks.Scheme == Uri.UriSchemeHttps || (jwks.Scheme == Uri.UriSchemeHttp && jwks.IsLoopback)))
        {
            throw new SettingException($"the discovery document of {authority} names no key set at an https address.");
        }

        return new AudienceKeys(await FetchAsync(jwks, cancellationToken), string.IsNullOrEmpty(options.Issuer) ? issuer : options.Issuer);
    }

    private async Task<IReadOnlyList<Microsoft.IdentityModel.Tokens.SecurityKey>> FetchAsync(
        Uri url, CancellationToken cancellationToken) =>
        KeyMaterial.FromJwks(await http.GetStringAsync(url, cancellationToken));
}
