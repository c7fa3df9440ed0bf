using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;

namespace TreasureHunt.Platform.Logging;

/// <summary>How the hosts log; section <c>Logging</c>.</summary>
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
    /// Least level that is logged, by the beginning of the category. The logger itself reads it: here it is only checked.
    /// </summary>
    public Dictionary<string, LogLevel> LogLevel { get; init; } = [];
}
