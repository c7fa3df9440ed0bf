namespace TreasureHunt.Platform.Configuration;

/// <summary>The value of this setting is never printed, neither by <c>--check-config</c> nor in an error message.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
