namespace TreasureHunt.Projections.BlueGreen;

/// <summary>An administrator cancelled the replay.</summary>
public sealed class ReplayCancelledException() : Exception("The replay was cancelled.");
