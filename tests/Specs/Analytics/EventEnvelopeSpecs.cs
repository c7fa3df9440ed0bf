using System.Text.Json;
using CsCheck;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Projections.Analytics;
using TreasureHunt.Specs.Wire;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Analytics;

/// <summary>The envelopes that are published to analytics.</summary>
public class EventEnvelopeSpecs
{
    private static readonly Guid ClaimId = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");

    [Fact]
    public void The_format_of_an_envelope_has_not_changed()
    {
        const string Written =
            """{"after":40,"upTo":43,"events":[{"specversion":"1.0","id":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","source":"urn:treasure-hunt:shop","type":"treasure-awarded.v1","subject":"treasure-goose","time":"2026-11-23T18:00:01.25+00:00","datacontenttype":"application/json","sequence":"0000000000000000042","data":{"treasureId":"goose","huntId":"sale","claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","playerId":"alice","position":12,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00"}}]}""";
        var award = new TreasureAwarded("goose", "sale", ClaimId, "alice", 12, At("18:00"), At("18:00:01"));

        var envelope = Assert.Single(Envelopes.Serialize(40, 43, [Published(42, award)]));

        StorageFormat.IsUnchanged(Written, System.Text.Encoding.UTF8.GetString(envelope));
        var read = Read(envelope);
        Assert.Equal((40, 43, 42), (read.After, read.UpTo, read.Events[0].SequenceNumber));
        Assert.Equal(award, read.Events[0].Data.Deserialize<TreasureAwarded>(JsonSerializerOptions.Web));
    }

    [Fact]
    public void The_hash_of_a_proof_is_not_published()
    {
        var hidden = new TreasureHidden(
            "goose", "sale", At("12:00"), "Golden goose", 5, 2, new ProofHash("c2FsdA==", "aGFzaA=="),
            [new Clue("By the river", At("12:00"))]);

        var data = Published(42, hidden).Data;

        StorageFormat.IsUnchanged(
            """{"treasureId":"goose","huntId":"sale","at":"2026-11-23T12:00:00+00:00","name":"Golden goose","stock":5,"perPlayer":2,"clues":[{"text":"By the river","revealAt":"2026-11-23T12:00:00+00:00"}]}""",
            data.GetRawText());
        Assert.Equivalent(hidden with { Proof = null }, data.Deserialize<TreasureHidden>(JsonSerializerOptions.Web), strict: true);
    }

    [Fact]
    public void A_batch_without_events_still_contains_its_range()
    {
        var read = Read(Assert.Single(Envelopes.Serialize(40, 43, [])));

        Assert.Equal((40, 43, 0), (read.After, read.UpTo, read.Events.Count));
    }

    [Fact]
    public void Batches_of_any_size_form_a_chain_without_gaps_in_messages_below_the_size_limit() =>
        Gen.Int[0, 2_000_000].Array[0, 8].Sample(FormAChain, iter: 10);

    private static void FormAChain(int[] sizes)
    {
        var events = sizes.Select((size, n) => Published(43 + 2 * n, ClueOf(size))).ToList();

        var bodies = Envelopes.Serialize(40, 100, events).ToList();

        Assert.All(bodies, body => Assert.InRange(body.Length, 1, Envelopes.MaxBytes));
        var read = bodies.Select(Read).ToList();
        Assert.Equal([.. read.Skip(1).Select(next => next.After), 100], read.Select(envelope => envelope.UpTo));
        Assert.Equal(40, read[0].After);
        Assert.Equal(events.Select(e => e.Sequence), read.SelectMany(envelope => envelope.Events).Select(e => e.Sequence));
        Assert.All(
            read, envelope => Assert.All(envelope.Events, e => Assert.InRange(e.SequenceNumber, envelope.After + 1, envelope.UpTo)));
    }

    private static ClueAdded ClueOf(int size) => new("goose", At("18:05"), new Clue(new string('x', size), At("18:05")));

    private static EventEnvelope Read(byte[] body) => JsonSerializer.Deserialize<EventEnvelope>(body, AnalyticsJson.Options)!;

    private static CloudEvent Published(long sequence, object @event) =>
        CloudEvent.Of("shop", ClaimId, EventNames.All[@event.GetType()], "treasure-goose", At("18:00:01.25"), sequence, @event);
}
