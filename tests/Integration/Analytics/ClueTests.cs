using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Analytics;

/// <summary>Analytics receives a clue when players see it.</summary>
public sealed class ClueTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task The_text_of_a_clue_is_published_once_at_its_reveal_time_and_not_before()
    {
        await using var consumer = new RunningConsumer(Engine, "first");
        var huntId = await Admin.OpenHunt();
        var now = TimeProvider.System.GetUtcNow();
        var (soon, later, added) = (Word(), Word(), Word());
        var hidden = await Admin.SendCommand($"/v1/hunts/{huntId}/treasures", new
        {
            name = "Golden goose",
            stock = 1,
            clues = new[] { new { text = soon, revealAt = now.AddSeconds(5) }, new { text = later, revealAt = now.AddHours(1) } },
        });
        await Admin.SendCommand(
            $"/v1/treasures/{hidden.Id}/clues", new { text = added, revealAt = TimeProvider.System.GetUtcNow().AddSeconds(5) });

        await Poll.Until("both due clues are published", () => Revealed(consumer, hidden.Id).Count == 2);
        await consumer.AssertHasAllEvents();

        Assert.Equal(new[] { soon, added }.Order(), Revealed(consumer, hidden.Id).Order());
        var published = consumer.Events.Where(stored => stored.Subject == StreamNames.Treasure(hidden.Id)).ToList();
        Assert.All(published.Where(stored => stored.Type != "clue-revealed.v1"), stored =>
        {
            Assert.DoesNotContain(soon, stored.Data.GetRawText(), StringComparison.Ordinal);
            Assert.DoesNotContain(added, stored.Data.GetRawText(), StringComparison.Ordinal);
        });
        Assert.All(published, stored => Assert.DoesNotContain(later, stored.Data.GetRawText(), StringComparison.Ordinal));
        Assert.DoesNotContain(
            later, (await Admin.At("projections-1").Get($"/admin/events?huntId={huntId}")).Text, StringComparison.Ordinal);
        await Engine.AssertCleanAudit(huntId);
    }

    private static string Word() => $"clue-{Contracts.Ids.FreshSlug()}";

    private static List<string?> Revealed(RunningConsumer consuming, string treasureId) =>
        [.. consuming.Events.Where(stored => stored.Subject == StreamNames.Treasure(treasureId) && stored.Type == "clue-revealed.v1")
            .Select(stored => stored.Data.GetProperty("clue").GetProperty("text").GetString())];
}
