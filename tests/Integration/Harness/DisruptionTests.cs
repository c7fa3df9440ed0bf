namespace TreasureHunt.Integration.Harness;

/// <summary>Tests that may stop hosts of the engine.</summary>
public abstract class DisruptionTests(DisruptionEngine fixture) : EngineTests(fixture)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Engine.StartMissingHosts();
    }

    /// <summary>Opens a hunt with one treasure.</summary>
    protected async Task<(string HuntId, string TreasureId)> OpenHuntWithTreasure(int stock)
    {
        var huntId = await Engine.Admin().OpenHunt();
        return (huntId, await Engine.Admin().Hide(huntId, stock));
    }
}
