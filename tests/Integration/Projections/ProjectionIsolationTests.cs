using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>A state that a read model cannot write affects no other state and is never replaced by an older one.</summary>
public sealed class ProjectionIsolationTests(SharedEngine engine) : EngineTests(engine)
{
    /// <summary>175 clues of 1,000 apostrophes, each six bytes in JSON, exceed the value limit of Memcached.</summary>
    private const int Clues = 175;

    [Fact]
    public async Task A_treasure_too_large_for_Memcached_is_read_from_Redis_and_delays_no_other()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var (big, small) = (await Engine.Admin().Hide(huntId), await Engine.Admin().Hide(huntId, stock: 5));
        var other = await Engine.Admin().Draft();

        await AppendClues(big);
        await Engine.Admin().ChangeStatus(other, "open");
        await Engine.Player("alice").Wins(small, "key");

        // The other states are current at both Apis, in Memcached, too.
        await Engine.Admin().WaitForHunt(other, "open");
        await Engine.Admin().WaitForTreasure(small, treasure => treasure.NumberOf("remaining") == 4);
        await Engine.Admin().WaitForTreasure(big, treasure => treasure["clues"].GetArrayLength() == Clues);
        for (var n = 0; n < 10; n++)
        {
            var read = await Engine.Anonymous(n % 2 == 0 ? "api-1" : "api-2").Get($"/v1/treasures/{big}");
            Assert.Equal(("200", Clues), (read.Problem, read["clues"].GetArrayLength()));
        }

        // Claims of the large treasure are decided as usual.
        await Engine.Player("alice").Wins(big, "key");
        await Engine.Admin().WaitForTreasure(
            big, treasure => treasure.Status == System.Net.HttpStatusCode.OK && treasure.NumberOf("remaining") == 0);

        // The audit, the metrics and the output report the key.
        var audit = await Engine.AssertCleanAudit(huntId);
        Assert.Equal(
            1, audit.GetProperty("readModels").EnumerateArray().Single(model => model.GetProperty("name").GetString() == "memcached")
                .GetProperty("isolated").GetInt32());
        var metrics = (await Engine.Anonymous("projections-1").Get("/metrics")).Text;
        Assert.Matches("(?m)^treasurehunt_projection_isolated_keys\\{.*readmodel=\"memcached\".*\\} [1-9]", metrics);
        Assert.Contains(big, Engine.Host("projections-1").Output, StringComparison.Ordinal);
    }

    // Events that are older than the validation rules may contain such clues.
    private Task<long> AppendClues(string treasureId)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Engine.Append(
            StreamNames.Treasure(treasureId),
            Enumerable.Repeat(new ClueAdded(treasureId, now, new Clue(new string('\'', 1_000), now.AddMinutes(-1))), Clues));
    }
}
