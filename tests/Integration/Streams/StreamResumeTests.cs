using System.Text.Json;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Streams;

/// <summary>A client resumes a stream.</summary>
public sealed class StreamResumeTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_client_that_reconnects_to_another_Api_misses_nothing()
    {
        var huntId = await Admin.OpenHunt();
        var (changed, untouched) = (await Admin.Hide(huntId, stock: 5), await Admin.Hide(huntId, stock: 5));
        var first = await StreamClient.Connect(Engine.Anonymous(), huntId);
        await first.WaitFor(changed, _ => true);
        await first.WaitFor(untouched, _ => true);
        await first.DisposeAsync();

        await Engine.Player("alice").Wins(changed, "key");
        var late = await Admin.Hide(huntId, stock: 3);

        await using var second = await StreamClient.Connect(Engine.Anonymous("api-2"), huntId, first.LastEventId);
        await second.WaitFor(huntId, _ => true);
        await second.WaitFor(changed, Left(4));
        await second.WaitFor(late, Left(3));
    }

    [Fact]
    public async Task A_client_that_reconnects_does_not_receive_unchanged_treasures()
    {
        var huntId = await Admin.OpenHunt();
        var (changed, untouched) = (await Admin.Hide(huntId, stock: 5), await Admin.Hide(huntId, stock: 5));
        await Engine.AssertCleanAudit(huntId);

        // The event id advances when the Api reads the hunt again, and is sent with the next change.
        await using var first = await StreamClient.Connect(Engine.Anonymous(), huntId);
        await first.WaitFor(untouched, _ => true);
        var n = 0;
        await Poll.Until("the unchanged treasure is not sent", async () =>
        {
            await Engine.Player($"player-{++n}").Claim(changed, "key");
            await using var second = await StreamClient.Connect(Engine.Anonymous(), huntId, first.LastEventId);
            await second.WaitFor(huntId, _ => true);
            await Engine.Admin().SendCommand($"/v1/treasures/{changed}/restock", new { units = 1 });
            var stock = 5 + n;
            await second.WaitFor(changed, treasure => treasure.GetProperty("stock").GetInt32() == stock);
            return second.Last(untouched) is null;
        });
    }

    private static Func<JsonElement, bool> Left(int units) => treasure => treasure.GetProperty("remaining").GetInt32() == units;
}
