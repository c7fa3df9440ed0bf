namespace TreasureHunt.Platform.Configuration;

/// <summary>
/// Settings have no value, or one that is not allowed. The message has a line for each, which names the setting and what it takes.
/// A host that started with <see cref="SettingsReport.CollectSettings"/> prints the message alone and ends with <see cref="ExitCode"/>.
/// </summary>
public sealed class SettingException(string message) : Exception(message)
{
    /// <summary>Exit code of a host whose settings are broken.</summary>
    public const int ExitCode = 2;
}
