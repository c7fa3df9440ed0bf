namespace TreasureHunt.Integration.Harness;

/// <summary>One proxy with the default settings, shared by tests that do not change it.</summary>
public sealed class SharedEdge : EdgeTests
{
    public Proxy Site { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Site = await StartProxy();
    }
}
