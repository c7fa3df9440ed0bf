using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>An idempotency key is one header line and belongs to one administrator.</summary>
public sealed class CommandKeyScopeTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_key_in_two_header_lines_is_refused()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());

        var twice = await Admin.PostLines($"/v1/treasures/{treasureId}/withdraw", "Idempotency-Key: key", "Idempotency-Key: key");

        Assert.StartsWith("HTTP/1.1 400 ", twice, StringComparison.Ordinal);
        Assert.Contains("idempotency-key-invalid", twice, StringComparison.Ordinal);
        Assert.Single(await Engine.EventStore.OfTreasure(treasureId));
    }

    [Fact]
    public async Task Two_administrators_never_share_a_key()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());
        var other = Engine.Admin(subject: "another-admin");

        var first = await Admin.Post($"/v1/treasures/{treasureId}/restock", new { units = 4 }, ("Idempotency-Key", "key"));
        var second = await other.Post($"/v1/treasures/{treasureId}/restock", new { units = 4 }, ("Idempotency-Key", "key"));

        Assert.Equal(("200", "200"), (first.Problem, second.Problem));
        Assert.Equal(
            [4, 4], (await Engine.EventStore.OfTreasure(treasureId)).Select(stored => stored.Data).OfType<TreasureRestocked>().Select(
                restocked => restocked.Units));
    }
}
