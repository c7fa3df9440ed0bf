using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using CsCheck;
using MassTransit;
using MassTransit.Serialization;
using TreasureHunt.Api.Admission;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>
/// What comes from files, from the log's feed and from other hosts: it is read, or refused in the way that is documented.
/// </summary>
public class FeedFuzz
{
    private static readonly Gen<string> Line = Gen.Select(
        Gen.Long, Inputs.Among([.. EventNames.Types.Keys]), Inputs.Text, (sequence, type, text) =>
        JsonSerializer.Serialize(
            new { sequence, streamKey = "goose", version = 1, type, id = Guid.Empty, at = DateTimeOffset.UnixEpoch, data = new { treasureId = text, units = 1, claimId = Guid.Empty } }));

    private static readonly Gen<string> Times = Inputs.Among(
        "4711", "2026-11-24T18:00:00Z", "2026-11-24T18:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "1.1.1",
        "24/11/2026");

    private static readonly Gen<byte[]> Claims = Gen.Select(Inputs.Text, Inputs.Text, Gen.Bool, (treasure, key, marked) =>
        Encoding.UTF8.GetBytes(
            (marked ? "\ufeff" : "")
                + JsonSerializer.Serialize(new { treasureId = treasure, playerId = "alice", key, proof = (string?)null })));

    private static readonly Gen<string> Reports = Gen.Select(
        Gen.Long, Inputs.Text, (head, stalled) => JsonSerializer.Serialize(new { head, stalled = new[] { stalled } }));

    [Fact]
    public void A_line_of_the_log_is_read_or_is_none() => Gen.OneOf(Inputs.Text, Line, Inputs.Spoilt(Line)).Check(text =>
    {
        try
        {
            // As the feed's reader decodes it.
            var entry = FeedEvent.Parse(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
            Assert.NotNull(entry.Type);
            Assert.NotNull(entry.StreamKey);
        }
        catch (JsonException)
        {
        }
    });

    [Theory]
    [InlineData("""{"sequence":1,"streamKey":"goose","version":1,"type":null,"data":{}}""")]
    [InlineData("""{"sequence":1,"streamKey":"goose","version":1,"data":{}}""")]
    [InlineData("""{"sequence":1,"streamKey":"goose","version":1,"type":"treasure-restocked"}""")]
    [InlineData("""{"sequence":1,"version":1,"type":"treasure-restocked","data":{}}""")]
    [InlineData("null")]
    public void A_line_of_the_log_without_what_it_needs_is_none(string text) => Assert.Throws<JsonException>(() => FeedEvent.Parse(text));

    [Fact]
    public void A_moment_is_a_sequence_or_a_time_or_neither() => Gen.OneOf(Inputs.Text, Times, Inputs.Spoilt(Times)).Check(text =>
        Assert.True(
            PointInTime.Parse(text) is not { } moment
                || (moment.Sequence is null != (moment.Time is null) && moment.Sequence is null or >= 0)));

    [Fact]
    public void A_storefronts_message_is_read_or_refused_as_one_that_cannot_be() => Gen.OneOf(Inputs.Bytes, Claims, Inputs.Spoilt(Claims))
        .Check(bytes =>
    {
        try
        {
            Assert.NotNull(new PlainJson().Deserialize(new BytesMessageBody(bytes), EmptyHeaders.Instance));
        }
        catch (SerializationException)
        {
        }
    });

    [Fact]
    public void A_report_of_the_projections_is_read_or_is_none() => Gen.OneOf(Inputs.Text, Reports, Inputs.Spoilt(Reports)).Check(text =>
    {
        try
        {
            ProjectionReport.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException)
        {
        }
    });
}
