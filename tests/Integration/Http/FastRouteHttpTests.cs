using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

// Each class repeats the tests of its base class on the fast route.

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteBodyFormatTests(SharedEngine engine) : BodyFormatTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteBodyLimitTests(SharedEngine engine) : BodyLimitTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteClaimAccessTests(SharedEngine engine) : ClaimAccessTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteClaimRuleTests(SharedEngine engine) : ClaimRuleTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteEdgePoolHeaderTests(SharedEngine engine) : EdgePoolHeaderTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteFieldValidationTests(SharedEngine engine) : FieldValidationTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteIdValidationTests(SharedEngine engine) : IdValidationTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteKeyValidationTests(SharedEngine engine) : KeyValidationTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteNotFoundTests(SharedEngine engine) : NotFoundTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRoutePlayerIdentityTests(SharedEngine engine) : PlayerIdentityTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRoutePlayerRateLimitTests(SharedEngine engine) : PlayerRateLimitTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteStorefrontRateLimitTests(SharedEngine engine) : StorefrontRateLimitTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteStorefrontTests(SharedEngine engine) : StorefrontTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteUnavailableHuntClaimTests(SharedEngine engine) : UnavailableHuntClaimTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteUnavailableTreasureClaimTests(SharedEngine engine) : UnavailableTreasureClaimTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteHiddenTreasureClaimTests(SharedEngine engine) : HiddenTreasureClaimTests(engine);

[Trait(ClaimRoute.Trait, ClaimRoute.Fast)]
public sealed class FastRouteVisitorTests(SharedEngine engine) : VisitorTests(engine);
