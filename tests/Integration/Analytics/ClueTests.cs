using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Analytics;

/// <summary>Analytics is told a clue when players see it.</summary>
public sealed class ClueTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task The_text_of_a_clue_is_told_when_its_time_has_come_once_and_not_before()
    {
        await using var consumer = new Consuming(Engine, "first");
        var huntId = await Admin.OpenHunt();
        var now = TimeProvider.System.GetUtcNow();
        var (soon, later, added) = (Word(), Word(), Word());
        var hidden = await Admin.Command($"/v1/hunts/{huntId}/treasures", new
        {
            name = "Golden goose",
            stock = 1,
            clues = new[] { new { text = soon, revealAt = now.AddSeconds(5) }, new { text = later, revealAt = now.AddHours(1) } },
        });
        await Admin.Command(
            $"/v1/treasures/{hidden.Id}/clues", new { text = added, revealAt = TimeProvider.System.GetUtcNow().AddSeconds(5) });

        await Until.True("both due clues are told", () => Revealed(consumer, hidden.Id).Count == 2);
        await consumer.HasExactlyTheLog();

        Assert.Equal(new[] { soon, added }.Order(), Revealed(consumer, hidden.Id).Order());
        var told = consumer.Kept.Where(fact => fact.Subject == StreamNames.Treasure(hidden.Id)).ToList();
        Assert.All(told.Where(fact => fact.Type != "clue-revealed.v1"), fact =>
        {
            Assert.DoesNotContain(soon, fact.Data.GetRawText(), StringComparison.Ordinal);
            Assert.DoesNotContain(added, fact.Data.GetRawText(), StringComparison.Ordinal);
        });
        Assert.All(told, fact => Assert.DoesNotContain(later, fact.Data.GetRawText(), StringComparison.Ordinal));
        Assert.DoesNotContain(
            later, (await Admin.At("projections-1").Get($"/admin/events?huntId={huntId}")).Text, StringComparison.Ordinal);
        await Engine.CleanAudit(huntId);
    }

    [Fact]
    public async Task A_clue_of_a_hunt_that_has_not_opened_is_told_after_its_opening()
    {
        var (draft, open) = (await Admin.Draft(opensIn: TimeSpan.FromHours(1)), await Admin.OpenHunt());
        var (secret, witness) = (await Admin.Hide(draft), await Admin.Hide(open));
        var due = TimeProvider.System.GetUtcNow().AddSeconds(5);
        await Admin.Command($"/v1/treasures/{secret}/clues", new { text = "In the old mill", revealAt = due });
        await Admin.Command($"/v1/treasures/{witness}/clues", new { text = "In the new mill", revealAt = due.AddSeconds(3) });

        // Due clues are revealed in the order of their times.
        await Until.True("the later clue is revealed", async () => (await Revelations(witness)).Count == 1);
        Assert.Empty(await Revelations(secret));

        await Admin.Do(draft, "open");
        await Until.True("the clue is revealed", async () => (await Revelations(secret)).Count == 1);
        Assert.Equal(
            0L, await Engine.Log.Value<long>(
                $"select count(*) from {Engine.Schema}.clues_to_come where treasure_id in ('{secret}', '{witness}')"));
    }

    [Fact]
    public async Task Clues_of_a_hunt_that_is_cancelled_before_it_opens_are_forgotten()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1));
        var treasureId = await Admin.Hide(huntId);
        await Admin.Command(
            $"/v1/treasures/{treasureId}/clues", new { text = "never", revealAt = TimeProvider.System.GetUtcNow().AddHours(1) });
        Assert.Equal(1L, await ToCome());

        await Admin.Do(huntId, "cancel");

        Assert.Equal(0L, await ToCome());

        Task<long> ToCome() => Engine.Log.Value<long>($"select count(*) from {Engine.Schema}.clues_to_come where hunt_id = '{huntId}'");
    }

    private static string Word() => $"clue-{Contracts.Ids.FreshSlug()}";

    private static List<string?> Revealed(Consuming consuming, string treasureId) =>
        [.. consuming.Kept.Where(fact => fact.Subject == StreamNames.Treasure(treasureId) && fact.Type == "clue-revealed.v1")
            .Select(fact => fact.Data.GetProperty("clue").GetProperty("text").GetString())];

    private async Task<List<ClueRevealed>> Revelations(string treasureId) =>
        [.. (await Engine.Log.OfTreasure(treasureId)).Select(fact => fact.Data).OfType<ClueRevealed>()];
}
