using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;

namespace TreasureHunt.Platform.Logging;

/// <summary>Section <c>Logging</c>.</summary>
public sealed class LoggingOptions
{
    public const string Plain = "plain";
    public const string Json = "json";

    /// <summary>
    /// <c>plain</c>: a line for each entry. <c>json</c>: a JSON object for each entry, with its scopes. Default <c>plain</c>.
    /// </summary>
    [AllowedValues(Plain, Json, ErrorMessage = "it must be plain or json.")]
    public string Format { get; init; } = Plain;

    /// <summary>
    /// Lowest level that is logged for a category, by the prefix of its name. The logger reads it itself: this class only validates it.
    /// </summary>
    public Dictionary<string, LogLevel> LogLevel { get; init; } = [];
}
