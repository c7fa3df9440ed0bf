using System.CommandLine;
using System.Text;

namespace TreasureHunt.Cli;

/// <summary>Where the engine is and how tokens for it are signed. <c>./hunt</c> gives these by environment.</summary>
/// <param name="Url">The engine's door, without a slash at the end.</param>
/// <param name="SigningKey">HS256 key, at least 32 bytes.</param>
/// <param name="Issuer">The <c>iss</c> of tokens.</param>
public sealed record Settings(Uri Url, string SigningKey, string Issuer)
{
    /// <summary>One Api's own address where <c>./hunt</c> knows it, else the door.</summary>
    public Uri Api { get; init; } = Url;

    /// <summary>One worker's own address where <c>./hunt</c> knows it, else the engine's: it answers for the dead letters.</summary>
    public Uri Commands { get; init; } = Url;

    private const string DefaultUrl = "http://127.0.0.1:8080";

    public static Option<string?> AgainstOption() => new("--against")
    {
        Description = $"Address of the engine. Default: HUNT_URL, else {DefaultUrl}.",
        HelpName = "url",
    };

    public static Settings Read(Func<string, string?> environment, string? against = null)
    {
        var url = against ?? NotEmpty(environment("HUNT_URL")) ?? DefaultUrl;
        if (!Uri.TryCreate(url.TrimEnd('/'), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new ComplaintException($"'{url}' is not the address of an engine: give one like {DefaultUrl}.");

        var key = NotEmpty(environment("Auth__SigningKey"))
            ?? throw new ComplaintException("Auth__SigningKey is not set: it signs the tokens. ./hunt sets it for the engine that it started.");
        if (Encoding.UTF8.GetByteCount(key) < 32)
            throw new ComplaintException("Auth__SigningKey is shorter than the 32 bytes that HS256 needs.");

        var settings = new Settings(uri, key, NotEmpty(environment("Auth__Issuer")) ?? "treasure-hunt");
        return against is not null ? settings : settings with
        {
            Api = Uri.TryCreate(environment("HUNT_API"), UriKind.Absolute, out var api) ? api : uri,
            Commands = Uri.TryCreate(environment("HUNT_COMMANDS"), UriKind.Absolute, out var commands) ? commands : uri,
        };
    }

    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
