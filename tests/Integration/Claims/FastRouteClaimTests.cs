using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

// Each class repeats the tests of its base class on the fast route.

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteIdentityTests(SharedEngine engine) : ClaimIdentityTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteKeyHeaderTests(SharedEngine engine) : ClaimKeyHeaderTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRoutePayloadTests(SharedEngine engine) : ClaimPayloadTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteResponseTests(SharedEngine engine) : ClaimResponseTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteIdempotencyTests(SharedEngine engine) : IdempotencyKeyTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteFingerprintTests(SharedEngine engine) : PayloadFingerprintTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteSingleClaimTests(SharedEngine engine) : SingleClaimTests(engine);
