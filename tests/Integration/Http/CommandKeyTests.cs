using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Commands with idempotency keys.</summary>
public sealed class CommandKeyTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_repeated_key_returns_the_same_response_from_both_Apis_and_changes_nothing()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(n =>
            Engine.Admin(n % 2 == 0 ? "api-1" : "api-2").Post(
                $"/v1/treasures/{treasureId}/restock", new { units = 4 }, ("Idempotency-Key", "key"))));

        Assert.Single(answers.Select(answer => (answer.Problem, answer.Sequence)).Distinct());
        Assert.Single((await Engine.EventStore.OfTreasure(treasureId)).Select(stored => stored.Data).OfType<TreasureRestocked>());
    }

    [Fact]
    public async Task A_key_belongs_to_one_command_on_one_resource()
    {
        var huntId = await Admin.OpenHunt();
        var (goose, swan) = (await Admin.Hide(huntId), await Admin.Hide(huntId));

        var answers = new[]
        {
            await Admin.Post($"/v1/treasures/{goose}/restock", new { units = 1 }, ("Idempotency-Key", "key")),
            await Admin.Post($"/v1/treasures/{swan}/restock", new { units = 1 }, ("Idempotency-Key", "key")),
            await Admin.Post($"/v1/treasures/{goose}/withdraw", null, ("Idempotency-Key", "key")),
        };

        Assert.Equal(3, answers.Select(answer => answer.Sequence).Distinct().Count());
    }

    [Fact]
    public async Task A_refusal_is_not_stored_under_its_key()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1));
        Assert.Equal("409 not-allowed-now", (await Admin.Post($"/v1/hunts/{huntId}/pause", null, ("Idempotency-Key", "key"))).Problem);
        await Admin.ChangeStatus(huntId, "open");

        Assert.Equal("200", (await Admin.Post($"/v1/hunts/{huntId}/pause", null, ("Idempotency-Key", "key"))).Problem);
    }
}
