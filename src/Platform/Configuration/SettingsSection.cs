namespace TreasureHunt.Platform.Configuration;

/// <summary>One section of the configuration as it is in force.</summary>
/// <param name="Name">The section, such as <c>Streams</c>: the environment variable of a property is <c>Streams__Max</c>.</param>
/// <param name="Value">The options, bound and checked.</param>
public sealed record SettingsSection(string Name, object Value);
