using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>The limits of clues and treasures, also with data of older builds.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class SizeLimitTests(WorkerFixture workers)
{
    [Fact]
    public async Task A_snapshot_of_an_older_build_still_limits_the_clues()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());
        var stream = StreamNames.Treasure(treasureId);
        await workers.First.Handle(treasureId, Clue(treasureId));
        await workers.EventStore.Execute(
            $"""
             insert into {workers.Schema}.mt_events (seq_id, id, stream_id, version, data, type, mt_dotnet_type, timestamp)
             select nextval('{workers.Schema}.mt_events_sequence'), gen_random_uuid(), e.stream_id, e.version + n, e.data, e.type,
               e.mt_dotnet_type, now()
             from {workers.Schema}.mt_events e, generate_series(1, 98) n where e.stream_id = '{stream}' and e.type = 'clue-added.v1';
             update {workers.Schema}.mt_streams set version = version + 98 where id = '{stream}';
             update {workers.Schema}.mt_doc_treasure set data = data - 'clues', mt_version = mt_version + 98 where id = '{stream}'
             """);

        var hundredth = await workers.First.Handle(treasureId, Clue(treasureId));
        var oneMore = await workers.Second.Handle(treasureId, Clue(treasureId));

        Assert.Equal((null, ProblemNames.LimitReached), (hundredth.Problem, oneMore.Problem));
    }

    [Fact]
    public async Task A_hunt_has_at_most_1000_treasures()
    {
        var huntId = await workers.OpenHunt();
        await workers.HideTreasure(huntId);
        await workers.HideTreasure(huntId);
        await workers.EventStore.Execute($"update {workers.Schema}.hunt_sizes set treasures = treasures + 997 where hunt_id = '{huntId}'");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Hide(huntId, $"{huntId}-more-{n}")));

        Assert.Equal(
            [null, ProblemNames.LimitReached, ProblemNames.LimitReached, ProblemNames.LimitReached],
            answers.Select(answer => answer.Problem).Order());
    }

    [Fact]
    public async Task Treasures_hidden_by_an_older_build_count_towards_the_limit()
    {
        var huntId = await workers.OpenHunt();
        await workers.HideTreasure(huntId);
        await workers.HideTreasure(huntId);
        await workers.EventStore.Execute($"delete from {workers.Schema}.hunt_sizes where hunt_id = '{huntId}'");
        await workers.HideTreasure(huntId);

        Assert.Equal(
            3, await workers.EventStore.Value<int>($"select treasures from {workers.Schema}.hunt_sizes where hunt_id = '{huntId}'"));
    }

    private Task<CommandResponse> Hide(string huntId, string treasureId) =>
        workers.First.Handle(new HideTreasure(Ids.Fresh(), AtMinute(0), treasureId, huntId, "Golden goose", 1, 1, null, []));

    private static AddClue Clue(string treasureId) =>
        new(Ids.Fresh(), AtMinute(0), treasureId, new Clue("Where the river bends", AtMinute(5)));
}
