using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.LoadGenerator.Load;

/// <summary>One request of a claim, prepared before the run.</summary>
/// <param name="History">Shared by all requests of the same claim.</param>
/// <param name="OffsetMs">When it is due after the start, in a run on a schedule.</param>
public sealed record PreparedClaim(ClaimCall Call, ClaimHistory History, double OffsetMs);
