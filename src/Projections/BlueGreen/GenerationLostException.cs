namespace TreasureHunt.Projections.BlueGreen;

/// <summary>A cache lost data of a generation during its build. The build must start again.</summary>
public sealed class GenerationLostException(string message) : Exception(message);
