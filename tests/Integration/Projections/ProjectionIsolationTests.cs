using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>What a read model cannot write stops nothing else, and nobody is told something old instead.</summary>
public sealed class ProjectionIsolationTests(SharedEngine engine) : EngineTests(engine)
{
    /// <summary>175 clues of 1,000 apostrophes: six bytes each in a cache, more than Memcached takes in all.</summary>
    private const int Clues = 175;

    [Fact]
    public async Task A_treasure_that_is_too_large_for_Memcached_is_read_from_Redis_and_holds_up_no_other()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var (big, small) = (await Engine.Admin().Hide(huntId), await Engine.Admin().Hide(huntId, stock: 5));
        var other = await Engine.Admin().Draft();

        await AppendClues(big);
        await Engine.Admin().Do(other, "open");
        await Engine.Player("alice").Wins(small, "key");

        // The others stay fresh, at both Apis, in Memcached as well.
        await Engine.Admin().SeesHunt(other, "open");
        await Engine.Admin().SeesTreasure(small, treasure => treasure.Number("remaining") == 4);
        await Engine.Admin().SeesTreasure(big, treasure => treasure["clues"].GetArrayLength() == Clues);
        for (var n = 0; n < 10; n++)
        {
            var read = await Engine.Nobody(n % 2 == 0 ? "api-1" : "api-2").Get($"/v1/treasures/{big}");
            Assert.Equal(("200", Clues), (read.Problem, read["clues"].GetArrayLength()));
        }

        // A claim of the big one is one like others.
        await Engine.Player("alice").Wins(big, "key");
        await Engine.Admin().SeesTreasure(
            big, treasure => treasure.Status == System.Net.HttpStatusCode.OK && treasure.Number("remaining") == 0);

        // It is told.
        var audit = await Engine.CleanAudit(huntId);
        Assert.Equal(
            1, audit.GetProperty("readModels").EnumerateArray().Single(model => model.GetProperty("name").GetString() == "memcached")
                .GetProperty("isolated").GetInt32());
        var metrics = (await Engine.Nobody("projections-1").Get("/metrics")).Text;
        Assert.Matches("(?m)^treasurehunt_projection_isolated_keys\\{.*readmodel=\"memcached\".*\\} [1-9]", metrics);
        Assert.Contains(big, Engine.Host("projections-1").Output, StringComparison.Ordinal);
    }

    // The rules that keep a command from it came later than some events.
    private Task<long> AppendClues(string treasureId)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Engine.Append(
            StreamNames.Treasure(treasureId),
            Enumerable.Repeat(new ClueAdded(treasureId, now, new Clue(new string('\'', 1_000), now.AddMinutes(-1))), Clues));
    }
}
