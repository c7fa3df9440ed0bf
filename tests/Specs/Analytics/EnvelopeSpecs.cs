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

/// <summary>What analytics is told.</summary>
public class EnvelopeSpecs
{
    private static readonly Guid ClaimId = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");

    [Fact]
    public void An_envelope_is_written_and_read_as_ever()
    {
        const string Written =
            """{"after":40,"upTo":43,"events":[{"specversion":"1.0","id":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","source":"urn:treasure-hunt:shop","type":"treasure-awarded.v1","subject":"treasure-goose","time":"2026-11-23T18:00:01.25+00:00","datacontenttype":"application/json","sequence":"0000000000000000042","data":{"treasureId":"goose","huntId":"sale","claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","playerId":"alice","position":12,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00"}}]}""";
        var award = new TreasureAwarded("goose", "sale", ClaimId, "alice", 12, At("18:00"), At("18:00:01"));

        var envelope = Assert.Single(Envelopes.Of(40, 43, [Told(42, award)]));

        StorageFormat.Is(Written, System.Text.Encoding.UTF8.GetString(envelope));
        var read = Read(envelope);
        Assert.Equal((40, 43, 42), (read.After, read.UpTo, read.Events[0].Place));
        Assert.Equal(award, read.Events[0].Data.Deserialize<TreasureAwarded>(JsonSerializerOptions.Web));
    }

    [Fact]
    public void The_hash_of_a_proof_is_not_told()
    {
        var hidden = new TreasureHidden(
            "goose", "sale", At("12:00"), "Golden goose", 5, 2, new ProofHash("c2FsdA==", "aGFzaA=="),
            [new Clue("By the river", At("12:00"))]);

        var told = Told(42, hidden).Data;

        StorageFormat.Is(
            """{"treasureId":"goose","huntId":"sale","at":"2026-11-23T12:00:00+00:00","name":"Golden goose","stock":5,"perPlayer":2,"clues":[{"text":"By the river","revealAt":"2026-11-23T12:00:00+00:00"}]}""",
            told.GetRawText());
        Assert.Equivalent(hidden with { Proof = null }, told.Deserialize<TreasureHidden>(JsonSerializerOptions.Web), strict: true);
    }

    [Fact]
    public void A_page_without_facts_still_says_how_far_it_goes()
    {
        var read = Read(Assert.Single(Envelopes.Of(40, 43, [])));

        Assert.Equal((40, 43, 0), (read.After, read.UpTo, read.Events.Count));
    }

    [Fact]
    public void Pages_of_any_size_chain_without_a_gap_in_messages_that_a_broker_takes() => Gen.Int[0, 2_000_000].Array[0, 8].Sample(
        sizes =>
        {
            var facts =
                sizes.Select(
                    (size, n) => Told(43 + 2 * n, new ClueAdded("goose", At("18:05"), new Clue(new string('x', size), At("18:05")))))
                        .ToList();

            var bodies = Envelopes.Of(40, 100, facts).ToList();

            Assert.All(bodies, body => Assert.InRange(body.Length, 1, Envelopes.MaxBytes));
            var read = bodies.Select(Read).ToList();
            Assert.Equal([.. read.Skip(1).Select(next => next.After), 100], read.Select(envelope => envelope.UpTo));
            Assert.Equal(40, read[0].After);
            Assert.Equal(facts.Select(fact => fact.Sequence), read.SelectMany(envelope => envelope.Events).Select(fact => fact.Sequence));
            Assert.All(
                read, envelope => Assert.All(envelope.Events, fact => Assert.InRange(fact.Place, envelope.After + 1, envelope.UpTo)));
        },
        iter: 10);

    private static EventEnvelope Read(byte[] body) => JsonSerializer.Deserialize<EventEnvelope>(body, AnalyticsJson.Options)!;

    private static CloudEvent Told(long sequence, object fact) =>
        CloudEvent.Of("shop", ClaimId, EventNames.All[fact.GetType()], "treasure-goose", At("18:00:01.25"), sequence, fact);
}
