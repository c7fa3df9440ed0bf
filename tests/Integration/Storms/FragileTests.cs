using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Storms;

/// <summary>Tests that break the engine take turns, and find it whole.</summary>
[CollectionDefinition(nameof(Fragile))]
public sealed class Fragile : ICollectionFixture<FragileEngine>;

/// <summary>A test that may break what it likes.</summary>
public abstract class FragileTests(FragileEngine fixture) : EngineTests(fixture)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Engine.Heal();
    }

    /// <summary>A hunt with one treasure in it.</summary>
    protected async Task<(string HuntId, string TreasureId)> Treasure(int stock)
    {
        var huntId = await Engine.Admin().OpenHunt();
        return (huntId, await Engine.Admin().Hide(huntId, stock));
    }
}
