using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>Two workers decide claims of one player at the same time.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class ConcurrentLimitTests(WorkerFixture workers) : IAsyncLifetime
{
    private long _head;

    public async ValueTask InitializeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"PostgreSQL: {workers.Server}");
        _head = await LastSequenceTaken();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_player_limit_of_a_hunt_holds_across_two_treasures_and_no_sequence_is_skipped()
    {
        var huntId = await workers.OpenHunt(playerLimit: 1);
        var (goose, swan) = (await workers.HideTreasure(huntId), await workers.HideTreasure(huntId));

        var outcomes =
            await workers.DecideConcurrently(
                "slots", () => workers.First.Decide(Claim(goose, "alice")), () => workers.Second.Decide(Claim(swan, "alice")));

        Assert.Equal([Reasons.PlayerLimitReached, Outcomes.Won], outcomes.Select(outcome => outcome.Outcome()).Order());
        var sequences = (await workers.EventStore.All()).Select(stored => stored.Sequence).Where(sequence => sequence > _head).ToList();
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(n => _head + n), sequences);
        Assert.Equal(sequences[^1], await LastSequenceTaken());
    }

    private Task<long> LastSequenceTaken() =>
        workers.EventStore.Value<long>($"select case when is_called then last_value else 0 end from {workers.Schema}.mt_events_sequence");
}
