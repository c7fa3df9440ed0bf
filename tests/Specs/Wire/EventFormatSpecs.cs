using Marten.Events;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Wire;

/// <summary>The stored format of the events, which has not changed since the first build.</summary>
public class EventFormatSpecs
{
    private static readonly Guid ClaimId = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");

    private static readonly ProofHash Proof = new("c2FsdA==", "aGFzaA==");

    private static readonly (string Name, string Json, object Event)[] AllSamples =
    [
        ("hunt-drafted.v1",
            """{"huntId":"sale","at":"2026-11-23T12:00:00+00:00","name":"Autumn sale","opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","playerLimit":3}""",
            new HuntDrafted("sale", At("12:00"), "Autumn sale", At("18:00"), At("20:00"), 3)),
        ("hunt-drafted.v1",
            """{"huntId":"sale","at":"2026-11-23T12:00:00+00:00","name":"Autumn sale","opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","playerLimit":null}""",
            new HuntDrafted("sale", At("12:00"), "Autumn sale", At("18:00"), At("20:00"), null)),
        ("hunt-drafted.v1",
            """{"huntId":"sale","at":"2026-11-23T12:00:00+00:00","name":"Autumn sale","opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","playerLimit":null,"announceAt":"2026-11-23T16:00:00+00:00"}""",
            new HuntDrafted("sale", At("12:00"), "Autumn sale", At("18:00"), At("20:00"), null, At("16:00"))),
        ("hunt-scheduled.v1", """{"huntId":"sale","at":"2026-11-23T12:30:00+00:00"}""", new HuntScheduled("sale", At("12:30"))),
        ("hunt-opened.v1", """{"huntId":"sale","at":"2026-11-23T12:30:00+00:00"}""", new HuntOpened("sale", At("12:30"))),
        ("hunt-paused.v1", """{"huntId":"sale","at":"2026-11-23T12:30:00+00:00"}""", new HuntPaused("sale", At("12:30"))),
        ("hunt-resumed.v1", """{"huntId":"sale","at":"2026-11-23T12:30:00+00:00"}""", new HuntResumed("sale", At("12:30"))),
        ("hunt-closed.v1", """{"huntId":"sale","at":"2026-11-23T12:30:00+00:00"}""", new HuntClosed("sale", At("12:30"))),
        ("hunt-cancelled.v1", """{"huntId":"sale","at":"2026-11-23T12:30:00+00:00"}""", new HuntCancelled("sale", At("12:30"))),
        ("treasure-hidden.v1",
            """{"treasureId":"goose","huntId":"sale","at":"2026-11-23T12:00:00+00:00","name":"Golden goose","stock":5,"perPlayer":2,"proof":{"salt":"c2FsdA==","hash":"aGFzaA=="},"clues":[{"text":"By the river","revealAt":"2026-11-23T18:05:00+00:00"}]}""",
            new TreasureHidden("goose", "sale", At("12:00"), "Golden goose", 5, 2, Proof, [new Clue("By the river", At("18:05"))])),
        ("treasure-hidden.v1",
            """{"treasureId":"goose","huntId":"sale","at":"2026-11-23T12:00:00+00:00","name":"Golden goose","stock":5,"perPlayer":1,"proof":null,"clues":[]}""",
            new TreasureHidden("goose", "sale", At("12:00"), "Golden goose", 5, 1, null, [])),
        ("clue-added.v1",
            """{"treasureId":"goose","at":"2026-11-23T12:00:00+00:00","clue":{"text":"By the river","revealAt":"2026-11-23T18:05:00+00:00"}}""",
            new ClueAdded("goose", At("12:00"), new Clue("By the river", At("18:05")))),
        ("clue-revealed.v1",
            """{"treasureId":"goose","at":"2026-11-23T18:05:01+00:00","clue":{"text":"By the river","revealAt":"2026-11-23T18:05:00+00:00"}}""",
            new ClueRevealed("goose", At("18:05:01"), new Clue("By the river", At("18:05")))),
        ("treasure-restocked.v1", """{"treasureId":"goose","at":"2026-11-23T18:30:00+00:00","units":4}""", new TreasureRestocked(
            "goose", At("18:30"), 4)),
        ("treasure-withdrawn.v1", """{"treasureId":"goose","at":"2026-11-23T18:30:00+00:00"}""", new TreasureWithdrawn(
            "goose", At("18:30"))),
        ("treasure-awarded.v1",
            """{"treasureId":"goose","huntId":"sale","claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","playerId":"alice","position":12,"acceptedAt":"2026-11-23T18:00:00.0411234+00:00","decidedAt":"2026-11-23T18:00:01+00:00"}""",
            new TreasureAwarded("goose", "sale", ClaimId, "alice", 12, At("18:00:00.0411234"), At("18:00:01"))),
        ("treasure-awarded.v1",
            """{"treasureId":"goose","huntId":"sale","claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","playerId":"alice","position":12,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00","fingerprint":"-"}""",
            new TreasureAwarded("goose", "sale", ClaimId, "alice", 12, At("18:00"), At("18:00:01"), "-")),
        ("claim-refused.v1",
            """{"treasureId":"goose","huntId":"sale","claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","playerId":"alice","reason":"treasure-exhausted","position":17,"winningPosition":12,"lateByMs":41,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00"}""",
            new ClaimRefused("goose", "sale", ClaimId, "alice", "treasure-exhausted", 17, 12, 41, At("18:00"), At("18:00:01"))),
        ("claim-refused.v1",
            """{"treasureId":"unicorn","huntId":"","claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","playerId":"alice","reason":"treasure-not-found","position":1,"winningPosition":null,"lateByMs":null,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00"}""",
            new ClaimRefused("unicorn", "", ClaimId, "alice", "treasure-not-found", 1, null, null, At("18:00"), At("18:00:01"))),
        ("award-revoked.v1",
            """{"treasureId":"goose","huntId":"sale","at":"2026-11-23T18:30:00+00:00","claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","playerId":"alice","because":"returned"}""",
            new AwardRevoked("goose", "sale", At("18:30"), ClaimId, "alice", "returned")),
    ];

    public static TheoryData<int, string> Samples => new(AllSamples.Select((sample, n) => (n, sample.Name)));

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_format_of_an_event_has_not_changed(int sample, string name)
    {
        var (_, json, @event) = AllSamples[sample];
        StorageFormat.IsStoredAs(json, @event);
        StorageFormat.IsUnchanged(name, EventNames.All[@event.GetType()]);
    }

    [Fact]
    public void The_event_store_maps_every_event_to_its_name()
    {
        var graph = (EventGraph)StorageFormat.ConfiguredOptions().Events;
        foreach (var (type, name) in EventNames.All)
        {
            StorageFormat.IsUnchanged(name, graph.EventMappingFor(type).EventTypeName);
        }
    }

    [Fact]
    public void Every_event_type_has_a_name_and_a_sample()
    {
        var events = typeof(EventNames).Assembly.GetTypes()
            .Where(type =>
                type is { IsClass: true } && (type.IsAssignableTo(typeof(IHuntEvent)) || type.IsAssignableTo(typeof(ITreasureEvent))))
            .ToHashSet();

        Assert.Equal(events, EventNames.All.Keys.ToHashSet());
        Assert.Equal(events, AllSamples.Select(sample => sample.Event.GetType()).ToHashSet());
    }

    [Fact]
    public void No_two_events_share_a_name() => Assert.Equal(EventNames.All.Count, EventNames.All.Values.Distinct().Count());
}
