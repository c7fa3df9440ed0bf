using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.PeakLoad;

/// <summary>The lag of the read models is reset.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class LagResetTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task POST_resets_the_lag_and_GET_does_not()
    {
        var admin = Engine.Admin("projections-1");
        await Engine.Admin().OpenHunt();
        // The engine is otherwise idle: the counts do not change once all events are projected.
        await Engine.AssertCleanAudit(await Engine.Admin().OpenHunt());
        await Poll.Until("events of hunts were projected", async () => (await Count()) > 0);
        var before = await Count();

        Assert.Equal("200", (await admin.Get("/admin/lag?reset=true")).Problem);
        Assert.Equal($"405 {ProblemNames.MethodNotAllowed}", (await admin.Get("/admin/lag/reset")).Problem);
        Assert.InRange(await Count(), before, int.MaxValue);

        Assert.Equal("204", (await admin.Post("/admin/lag/reset")).Problem);
        Assert.InRange(await Count(), 0, before - 1);

        async Task<int> Count() => (await admin.Get("/admin/lag"))["readModels"].EnumerateArray()
            .Single(model => model.GetProperty("name").GetString() == "hunts").GetProperty("lagMs").GetProperty("count").GetInt32();
    }
}
