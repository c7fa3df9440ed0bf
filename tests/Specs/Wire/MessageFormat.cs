using MassTransit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Wire;

/// <summary>The messages on the bus. They wait in queues through a deployment, and storefronts send some of them.</summary>
public class MessageFormat
{
    private static readonly Guid Id = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");

    private static readonly AcceptedClaim Accepted = new(
        Id, "goose", "alice", "under the old oak", At("18:00:00.041"), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private const string AcceptedJson =
        """{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","playerId":"alice","proof":"under the old oak","acceptedAt":"2026-11-23T18:00:00.041+00:00","traceParent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}""";

    private static readonly (string Json, object Message)[] Sent =
    [
        ("""{"treasureId":"goose","playerId":"alice","key":"order-4711","proof":null}""", new ClaimTreasure(
            "goose", "alice", "order-4711")),
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

    // A step of a hunt travels as its number: a new one may only be added at the end.
    private static IEnumerable<(string, object)> ChangesOfAHunt => new[] { HuntChange.Schedule, HuntChange.Open, HuntChange.Pause, HuntChange.Resume, HuntChange.Close, HuntChange.Cancel }
        .Select((change, n) => (
            $$"""{"commandId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","at":"2026-11-23T12:00:00+00:00","huntId":"sale","change":{{n}}}""",
            (object)new ChangeHunt(Id, At("12:00"), "sale", change)));

    public static TheoryData<int, string> Samples => new(Sent.Select((sample, n) => (n, sample.Message.GetType().Name)));

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_message_is_written_and_read_as_ever(int sample, string name)
    {
        var (json, message) = Sent[sample];
        StorageFormat.OnTheBus(json, message);
        StorageFormat.Is($"urn:message:TreasureHunt.Contracts.Commands:{name}", MessageUrn.ForTypeString(message.GetType()));
    }

    [Fact]
    public void Every_message_is_written_down_here()
    {
        var messages = typeof(ClaimTreasure).Assembly.GetTypes().Where(
            type => type is { IsClass: true, IsAbstract: false, IsNested: false, Namespace: "TreasureHunt.Contracts.Commands" });

        // An outcome travels only inside its answer.
        Assert.Equal(messages.Except([typeof(DecidedClaim)]).ToHashSet(), Sent.Select(sample => sample.Message.GetType()).ToHashSet());
    }

    [Fact]
    public void A_storefront_may_leave_out_the_proof() => Assert.Equal(
        new ClaimTreasure("goose", "alice", "order-4711"),
        StorageFormat.ReadFromTheBus<ClaimTreasure>("""{"treasureId":"goose","playerId":"alice","key":"order-4711"}"""));

    [Fact]
    public void A_storefront_may_send_more_than_we_read() => Assert.Equal(
        new ClaimTreasure("goose", "alice", "order-4711", "oak"),
        StorageFormat.ReadFromTheBus<ClaimTreasure>(
            """{"treasureId":"goose","playerId":"alice","key":"order-4711","proof":"oak","campaign":"autumn"}"""));
}
