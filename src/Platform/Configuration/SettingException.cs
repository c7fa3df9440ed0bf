namespace TreasureHunt.Platform.Configuration;

/// <summary>
/// Settings are missing or invalid. The message has a line for each: the name of the setting and its allowed values.
/// A host that started with <see cref="SettingsReporting.CollectSettings"/> prints the message alone and ends with <see cref="ExitCode"/>.
/// </summary>
public sealed class SettingException(string message) : Exception(message)
{
    /// <summary>Exit code of a host with invalid settings.</summary>
    public const int ExitCode = 2;
}
