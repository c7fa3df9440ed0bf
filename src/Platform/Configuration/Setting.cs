namespace TreasureHunt.Platform.Configuration;

/// <summary>One setting as it is in force.</summary>
/// <param name="Name">Its environment variable, such as <c>Streams__Max</c>.</param>
/// <param name="Value">What is in force, in the form in which it is set; secrets are masked; null when there is no value.</param>
/// <param name="Default">What is in force when it is not set; null for nothing.</param>
/// <param name="Takes">The values that it takes, such as <c>1 to 64</c> or <c>1s to 1d</c>.</param>
/// <param name="IsSet">Whether the configuration sets it.</param>
public sealed record Setting(string Name, string? Value, string? Default, string Takes, bool IsSet);
