namespace TreasureHunt.LoadGenerator.Load;

/// <summary>The requests of a measured run.</summary>
/// <param name="Name">A key of the results; it does not change.</param>
/// <param name="Treasures">Treasures that are claimed or read, evenly.</param>
/// <param name="Stock">Units of each.</param>
/// <param name="Reads">Share of requests that read a treasure instead of claiming it, 0 to 1.</param>
/// <param name="SoldOut">Whether the last unit is gone before the measurement begins.</param>
/// <param name="Lines">Claims in one piece of a storefront; 1 for single requests of players.</param>
/// <param name="IsStream">Whether the pieces are sent over streams.</param>
public sealed record Scenario(
    string Name, string Description, int Treasures, int Stock, double Reads = 0, bool SoldOut = false, int Lines = 1,
    bool IsStream = false);
