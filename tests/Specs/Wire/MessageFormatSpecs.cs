using MassTransit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Wire;

/// <summary>The format of the messages on the bus. Messages wait in queues during deployments, and storefronts send some of them.</summary>
public class MessageFormatSpecs
{
    private static readonly Guid Id = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");

    private static readonly AcceptedClaim Accepted = new(
        Id, "goose", "alice", "under the old oak", At("18:00:00.041"), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private const string AcceptedJson =
        """{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","playerId":"alice","proof":"under the old oak","acceptedAt":"2026-11-23T18:00:00.041+00:00","traceParent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}""";

    private static readonly (string Json, object Message)[] AllSamples =
    [
        ("""{"treasureId":"goose","playerId":"alice","key":"order-4711","proof":null}""", new ClaimTreasure(
            "goose", "alice", "order-4711")),
        ("""{"claims":[{"treasureId":"goose","playerId":"alice","key":"order-4711","proof":null}]}""", new ClaimTreasureList(
            [new ClaimTreasure("goose", "alice", "order-4711")])),
        (AcceptedJson, Accepted),
        (AcceptedJson.Replace("}", ",\"fingerprint\":\"-\"}", StringComparison.Ordinal), Accepted with { Fingerprint = "-" }),
        ($$"""{"claims":[{{AcceptedJson}}]}""", new ClaimTreasures([Accepted])),
        ("""{"claims":[{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","huntId":"sale","playerId":"alice","outcome":"rejected","reason":"treasure-exhausted","position":17,"winningPosition":12,"lateByMs":41,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00"}]}""",
            new ClaimsDecided(
                [new DecidedClaim(
                    Id, "goose", "sale", "alice", "rejected", "treasure-exhausted", 17, 12, 41, At("18:00"), At("18:00:01"))])),
        ("""{"claims":[{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","huntId":"sale","playerId":"alice","outcome":"won","reason":null,"position":1,"winningPosition":null,"lateByMs":null,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00"}]}""",
            new ClaimsDecided([new DecidedClaim(Id, "goose", "sale", "alice", "won", null, 1, null, null, At("18:00"), At("18:00:01"))])),
        ("""{"commandId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","at":"2026-11-23T12:00:00+00:00","huntId":"sale","name":"Autumn sale","opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","playerLimit":3}""",
            new DraftHunt(Id, At("12:00"), "sale", "Autumn sale", At("18:00"), At("20:00"), 3)),
        ("""{"commandId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","at":"2026-11-23T12:00:00+00:00","huntId":"sale","name":"Autumn sale","opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","playerLimit":3,"announceAt":"2026-11-23T16:00:00+00:00"}""",
            new DraftHunt(Id, At("12:00"), "sale", "Autumn sale", At("18:00"), At("20:00"), 3, At("16:00"))),
        ("""{"commandId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","at":"2026-11-23T12:00:00+00:00","treasureId":"goose","huntId":"sale","name":"Golden goose","stock":5,"perPlayer":2,"proof":{"salt":"c2FsdA==","hash":"aGFzaA=="},"clues":[{"text":"By the river","revealAt":"2026-11-23T18:05:00+00:00"}]}""",
            new HideTreasure(
                Id, At("12:00"), "goose", "sale", "Golden goose", 5, 2, new ProofHash("c2FsdA==", "aGFzaA=="),
                [new Clue("By the river", At("18:05"))])),
        ("""{"commandId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","at":"2026-11-23T12:00:00+00:00","treasureId":"goose","clue":{"text":"By the river","revealAt":"2026-11-23T18:05:00+00:00"}}""",
            new AddClue(Id, At("12:00"), "goose", new Clue("By the river", At("18:05")))),
        ("""{"commandId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","at":"2026-11-23T12:00:00+00:00","treasureId":"goose","units":4}""", new RestockTreasure(Id, At("12:00"), "goose", 4)),
        ("""{"commandId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","at":"2026-11-23T12:00:00+00:00","treasureId":"goose"}""", new WithdrawTreasure(Id, At("12:00"), "goose")),
        ("""{"commandId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","at":"2026-11-23T12:00:00+00:00","treasureId":"goose","claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","because":"returned"}""",
            new RevokeAward(Id, At("12:00"), "goose", Id, "returned")),
        ("""{"commandId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","at":"2026-11-23T12:00:00+00:00","treasureId":"goose","by":{"subject":"erika","tokenId":"t-1","address":"203.0.113.7","source":"http"}}""",
            new WithdrawTreasure(Id, At("12:00"), "goose") { By = new Actor("erika", "t-1", "203.0.113.7", Actor.Http) }),
        ("""{"id":"sale","sequence":12,"problem":null,"detail":null}""", new CommandResponse("sale", 12)),
        ("""{"id":"sale","sequence":12,"problem":null,"detail":null,"replayed":true}""", new CommandResponse("sale", 12, Replayed: true)),
        ("""{"id":"sale","sequence":0,"problem":"already-exists","detail":"There is a hunt sale already."}""", new CommandResponse(
            "sale", 0, "already-exists", "There is a hunt sale already.")),
        .. ChangesOfAHunt,
    ];

    // A change of a hunt is sent as its number, so new ones can only be added at the end.
    private static IEnumerable<(string, object)> ChangesOfAHunt => new[]
        {
            HuntChange.Schedule, HuntChange.Open, HuntChange.Pause, HuntChange.Resume, HuntChange.Close, HuntChange.Cancel,
        }
        .Select((change, n) => (
            $$"""{"commandId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","at":"2026-11-23T12:00:00+00:00","huntId":"sale","change":{{n}}}""",
            (object)new ChangeHunt(Id, At("12:00"), "sale", change)));

    public static TheoryData<int, string> Samples => new(AllSamples.Select((sample, n) => (n, sample.Message.GetType().Name)));

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_format_of_a_message_has_not_changed(int sample, string name)
    {
        var (json, message) = AllSamples[sample];
        StorageFormat.IsSentAs(json, message);
        StorageFormat.IsUnchanged($"urn:message:TreasureHunt.Contracts.Commands:{name}", MessageUrn.ForTypeString(message.GetType()));
    }

    [Fact]
    public void Every_message_type_has_a_sample()
    {
        var messages = typeof(ClaimTreasure).Assembly.GetTypes().Where(
            type => type is { IsClass: true, IsAbstract: false, IsNested: false, Namespace: "TreasureHunt.Contracts.Commands" });

        // A decided claim is sent only inside ClaimsDecided.
        Assert.Equal(
            messages.Except([typeof(DecidedClaim)]).ToHashSet(), AllSamples.Select(sample => sample.Message.GetType()).ToHashSet());
    }

    [Fact]
    public void A_storefront_may_omit_the_proof() => Assert.Equal(
        new ClaimTreasure("goose", "alice", "order-4711"),
        StorageFormat.ReadMessage<ClaimTreasure>("""{"treasureId":"goose","playerId":"alice","key":"order-4711"}"""));

    [Fact]
    public void A_storefront_may_send_unknown_properties() => Assert.Equal(
        new ClaimTreasure("goose", "alice", "order-4711", "oak"),
        StorageFormat.ReadMessage<ClaimTreasure>(
            """{"treasureId":"goose","playerId":"alice","key":"order-4711","proof":"oak","campaign":"autumn"}"""));
}
