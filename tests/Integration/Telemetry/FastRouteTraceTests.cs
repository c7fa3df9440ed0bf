using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Telemetry;

/// <summary>The traces of claims on the fast route.</summary>
[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteTraceTests(SharedEngine engine) : TraceTests(engine);
