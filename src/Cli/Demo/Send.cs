using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Demo;

/// <summary>One send of a claim, made ready before the storm.</summary>
/// <param name="History">Shared by all sends of the same claim.</param>
/// <param name="OffsetMs">When it is due after the start, where the run keeps to recorded times.</param>
public sealed record Send(ClaimCall Call, ClaimHistory History, double OffsetMs);
