using System.CommandLine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Cli;

/// <summary>The addresses of the engine and the issuers of its tokens. <c>./hunt</c> passes them as environment variables.</summary>
/// <param name="Url">The site, without a slash at the end.</param>
/// <param name="Operators">The operators' port, which serves <c>/admin</c>.</param>
/// <param name="Issuers">The token issuer of each audience that has a key.</param>
public sealed record CliSettings(Uri Url, Uri Operators, IReadOnlyDictionary<string, TokenIssuer> Issuers)
{
    /// <summary>The sections of the hosts' settings (<c>Auth__…</c>), which name the files in <c>HUNT_KEYS</c> as well.</summary>
    public static readonly IReadOnlyList<string> Sections = ["Players", "Storefronts", "Administrators"];

    /// <summary>The address of one Api host where <c>./hunt</c> passes it, else the site.</summary>
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
        Description =
            $"Address of the engine's operators' port. Default: HUNT_OPERATORS_URL, else port {DefaultOperatorsPort} of the engine's "
            + "machine.",
        HelpName = "url",
    };

    /// <exception cref="CliException">The audience has no key.</exception>
    public TokenIssuer IssuerOf(string audience) => Issuers.TryGetValue(audience, out var issuer)
        ? issuer
        : throw new CliException($"{audience} has no key: HUNT_KEYS names no folder with one.");

    /// <summary>Makes a client that acts as an administrator with all scopes.</summary>
    public AdminApiClient CreateAdminClient(TimeProvider timeProvider)
    {
        var tokens = new TokenFactory(IssuerOf, timeProvider);
        return new AdminApiClient(Url, Operators, () => tokens.Admin(), timeProvider);
    }

    /// <exception cref="CliException">An address is wrong, or no audience has a key.</exception>
    public static CliSettings FromEnvironment(Func<string, string?> environment, string? against = null, string? operators = null)
    {
        var uri = Address(against ?? NotEmpty(environment("HUNT_URL")) ?? DefaultUrl);
        // The environment describes one engine. Another engine has another operators' port.
        var operatorsUrl = operators ?? (against is null ? NotEmpty(environment("HUNT_OPERATORS_URL")) : null);
        var operatorsUri = operatorsUrl is null ? new UriBuilder(uri) { Port = DefaultOperatorsPort }.Uri : Address(operatorsUrl);
        var issuers = Sections.Select(section => (Audience: AudienceOf(section), Issuer: Issuer(environment, section)))
            .Where(found => found.Issuer is not null).ToDictionary(found => found.Audience, found => found.Issuer!);
        if (issuers.Count == 0)
        {
            throw new CliException(
                "HUNT_KEYS is not set: it names the folder with the keys that sign tokens. ./hunt sets it for the engine that it started.");
        }

        var settings = new CliSettings(uri, operatorsUri, issuers);
        return against is null && Uri.TryCreate(environment("HUNT_API"), UriKind.Absolute, out var api)
            ? settings with { Api = api } : settings;
    }

    private static Uri Address(
        string url) => Uri.TryCreate(url.TrimEnd('/'), UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
        ? uri
        : throw new CliException($"'{url}' is not the address of an engine: use one like {DefaultUrl}.");

    private static TokenIssuer? Issuer(Func<string, string?> environment, string section)
    {
        var name = NotEmpty(environment($"Auth__{section}__Issuer")) ?? $"treasure-hunt-{section.ToLowerInvariant()}";
        if (NotEmpty(environment($"Auth__{section}__SigningKey")) is { } key)
        {
            return SigningKeys.OfSecret(name, key, $"Auth__{section}__SigningKey");
        }

        var file = NotEmpty(environment("HUNT_KEYS")) is { } folder ? Path.Combine(folder, $"{section.ToLowerInvariant()}.pem") : null;
        return File.Exists(file) ? SigningKeys.OfFile(name, file) : null;
    }

    private static string AudienceOf(string section) => section switch
    {
        "Players" => Audiences.Player,
        "Storefronts" => Audiences.Storefront,
        _ => Audiences.Administrator,
    };

    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
