using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Api.Admission;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Specs.Api;

/// <summary>Storefronts from settings.</summary>
internal static class StorefrontExamples
{
    public static Storefronts Configured() =>
        Configured([new("Storefronts:shop1:Players", "shop1:"), new("Storefronts:shop2:Players", "shop2:")]);

    public static Storefronts Configured(params KeyValuePair<string, string?>[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new Storefronts(new ServiceCollection().AddSettings<StorefrontsOptions>(configuration, ""));
    }
}
