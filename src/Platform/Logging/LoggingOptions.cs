using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Platform.Logging;

/// <summary>Section <c>Logging</c>; levels are in <c>Logging__LogLevel__{category}</c>, as in every .NET host.</summary>
public sealed class LoggingOptions
{
    public const string Plain = "plain";
    public const string Json = "json";

    /// <summary><c>plain</c>: a line for each entry. <c>json</c>: a JSON object for each entry, with its scopes. Default <c>plain</c>.</summary>
    [AllowedValues(Plain, Json, ErrorMessage = "must be plain or json.")]
    public string Format { get; init; } = Plain;
}
