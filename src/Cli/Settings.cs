using System.CommandLine;
using System.Text;

namespace TreasureHunt.Cli;

/// <summary>Where the engine is and how tokens for it are signed. <c>./hunt</c> gives these by environment.</summary>
/// <param name="Url">The site, without a slash at the end.</param>
/// <param name="Operators">The operators' port, where <c>/admin</c> is served.</param>
/// <param name="SigningKey">HS256 key, at least 32 bytes.</param>
/// <param name="Issuer">The <c>iss</c> of tokens.</param>
public sealed record Settings(Uri Url, Uri Operators, string SigningKey, string Issuer)
{
    /// <summary>One Api's own address where <c>./hunt</c> knows it, else the site.</summary>
    public Uri Api { get; init; } = Url;

    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>The operators' port of docker-compose.yml, on the machine of the site.</summary>
    private const int DefaultOperatorsPort = 8089;

    public static Option<string?> AgainstOption() => new("--against")
    {
        Description = $"Address of the engine. Default: HUNT_URL, else {DefaultUrl}.",
        HelpName = "url",
    };

    public static Option<string?> OperatorsOption() => new("--operators")
    {
        Description = $"Address of the engine's operators' port. Default: HUNT_OPERATORS_URL, else port {DefaultOperatorsPort} of the engine's machine.",
        HelpName = "url",
    };

    public static Settings Read(Func<string, string?> environment, string? against = null, string? operators = null)
    {
        var uri = Address(against ?? NotEmpty(environment("HUNT_URL")) ?? DefaultUrl);
        // The environment tells of one engine; its operators' port is not that of another.
        var operatorsUrl = operators ?? (against is null ? NotEmpty(environment("HUNT_OPERATORS_URL")) : null);
        var operatorsUri = operatorsUrl is null ? new UriBuilder(uri) { Port = DefaultOperatorsPort }.Uri : Address(operatorsUrl);
        var key = NotEmpty(environment("Auth__SigningKey"))
            ?? throw new ComplaintException("Auth__SigningKey is not set: it signs the tokens. ./hunt sets it for the engine that it started.");
        if (Encoding.UTF8.GetByteCount(key) < 32)
            throw new ComplaintException("Auth__SigningKey is shorter than the 32 bytes that HS256 needs.");

        var settings = new Settings(uri, operatorsUri, key, NotEmpty(environment("Auth__Issuer")) ?? "treasure-hunt");
        return against is null && Uri.TryCreate(environment("HUNT_API"), UriKind.Absolute, out var api) ? settings with { Api = api } : settings;
    }

    private static Uri Address(string url) => Uri.TryCreate(url.TrimEnd('/'), UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
        ? uri
        : throw new ComplaintException($"'{url}' is not the address of an engine: give one like {DefaultUrl}.");

    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
