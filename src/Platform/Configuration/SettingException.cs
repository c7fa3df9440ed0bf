namespace TreasureHunt.Platform.Configuration;

/// <summary>A setting has no value, or one that is not allowed. The message names the setting and what it takes; the host does not start.</summary>
public sealed class SettingException(string message) : Exception(message);
