using System.Text;
using System.Text.Json;
using Marten.Events;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Bodies;
using TreasureHunt.Platform.Failures;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Wire;

/// <summary>The stored format of the binary bodies of claim events. Do not change the bytes: a changed format has another layout.</summary>
public class ClaimEventBodySpecs
{
    /// <summary>Layout 1, claim id, treasure, hunt and player.</summary>
    private const string Beginning = "01 22D4A7723FFA576A8EABABB6E30D6D10 05676F6F7365 0473616C65 05616C696365 ";

    private static readonly Guid ClaimId = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");

    private static readonly TreasureAwarded Award = new("goose", "sale", ClaimId, "alice", 12, At("18:00:00.0411234"), At("18:00:01"));

    private static readonly ClaimRefused Refusal =
        new("goose", "sale", ClaimId, "alice", "treasure-exhausted", 300, 12, 41, At("18:00"), At("18:00:01"), "Qp6z.T2sK0m4f9wQ");

    private static readonly (string Bytes, IClaimEvent Event)[] AllSamples =
    [
        (Beginning + "0C 621678978B49DF08 80660A988B49DF08 00", Award),
        (Beginning + "0C 621678978B49DF08 80660A988B49DF08 01 012D", Award with { Fingerprint = "-" }),
        (Beginning + "AC02 00D071978B49DF08 80660A988B49DF08 01 105170367A2E5432734B306D3466397751 "
            + "1274726561737572652D657868617573746564 01 0C 01 29", Refusal),
        (Beginning + "AC02 00D071978B49DF08 80660A988B49DF08 00 1274726561737572652D657868617573746564 00 00",
            Refusal with { WinningPosition = null, LateByMs = null, Fingerprint = null }),
    ];

    public static TheoryData<int> Samples => [.. Enumerable.Range(0, AllSamples.Length)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_format_of_a_body_has_not_changed(int sample)
    {
        var (bytes, @event) = AllSamples[sample];
        var body = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));

        StorageFormat.IsUnchanged(Convert.ToHexString(body), Convert.ToHexString(ClaimEventSerializer.Serialize(@event)));
        Assert.Equal(@event, ClaimEventSerializer.Deserialize(body, EventNames.All[@event.GetType()]));
    }

    [Fact]
    public void Marten_stores_claim_events_in_this_format_and_all_others_as_JSON()
    {
        var graph = (EventGraph)StorageFormat.ConfiguredOptions().Events;

        Assert.All(
            EventNames.All.Keys,
            type => Assert.Equal(
                type.IsAssignableTo(typeof(IClaimEvent)) ? typeof(ClaimEventSerializer) : null,
                graph.EventMappingFor(type).BinarySerializer?.GetType()));
    }

    [Theory]
    [InlineData(typeof(TreasureAwarded))]
    [InlineData(typeof(ClaimRefused))]
    public void An_earlier_build_fails_on_the_JSON_beside_a_binary_body(Type type) =>
        Assert.Throws<JsonException>(() => EventJson.Deserialize(Encoding.UTF8.GetBytes(EventBody.NoJson), EventNames.All[type]));

    [Fact]
    public void A_body_of_another_layout_is_an_unknown_event()
    {
        var body = ClaimEventSerializer.Serialize(Award);
        body[0] = 2;

        var thrown = Assert.Throws<UnknownEventException>(() => ClaimEventSerializer.Deserialize(body, "treasure-awarded.v1"));

        Assert.Contains("treasure-awarded.v1 with a binary body of layout 2", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("treasure-withdrawn.v1")]
    [InlineData("treasure-awarded.v9")]
    public void A_binary_body_of_another_event_is_an_unknown_event(string name) =>
        Assert.Throws<UnknownEventException>(() => ClaimEventSerializer.Deserialize(ClaimEventSerializer.Serialize(Award), name));
}
