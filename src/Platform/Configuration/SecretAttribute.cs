namespace TreasureHunt.Platform.Configuration;

/// <summary>The value of this setting is never printed: not by <c>--check-config</c> and not in the sentence that refuses it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
