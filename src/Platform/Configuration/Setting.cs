namespace TreasureHunt.Platform.Configuration;

/// <summary>One setting of a host, for <c>--check-config</c>.</summary>
/// <param name="Name">Its environment variable, such as <c>Streams__Max</c>.</param>
/// <param name="Value">The value in force; secrets are masked; null without a value.</param>
/// <param name="Default">The default; null when there is none.</param>
/// <param name="Takes">The allowed values, such as <c>1 to 64</c> or <c>1s to 1d</c>.</param>
/// <param name="IsSet">Whether the configuration sets it.</param>
public sealed record Setting(string Name, string? Value, string? Default, string Takes, bool IsSet);
