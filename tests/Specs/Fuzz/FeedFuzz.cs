using System.Text;
using System.Text.Json;
using CsCheck;
using MassTransit;
using MassTransit.Serialization;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.InvariantChecker;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>
/// Data from the event feed and from other hosts: it is parsed or refused with the documented exception.
/// </summary>
public class FeedFuzz
{
    private static readonly Gen<string> Line = Gen.Select(
        Gen.Long, FuzzInputs.OneOf([.. EventNames.Types.Keys]), FuzzInputs.Text, (sequence, type, text) =>
        JsonSerializer.Serialize(
            new { sequence, streamKey = "goose", version = 1, type, id = Guid.Empty, at = DateTimeOffset.UnixEpoch, data = new { treasureId = text, units = 1, claimId = Guid.Empty } }));

    private static readonly Gen<string> Times = FuzzInputs.OneOf(
        "4711", "2026-11-24T18:00:00Z", "2026-11-24T18:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "1.1.1",
        "24/11/2026");

    [Fact]
    public void A_line_of_the_feed_is_parsed_or_is_invalid() => Gen.OneOf(FuzzInputs.Text, Line, FuzzInputs.Mutated(Line)).Check(text =>
    {
        try
        {
            // The feed reader decodes UTF-8.
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
    public void A_line_of_the_feed_without_a_required_property_is_invalid(string text) =>
        Assert.Throws<JsonException>(() => FeedEvent.Parse(text));

    [Fact]
    public void A_point_in_time_is_a_sequence_or_a_time_or_invalid() => Gen.OneOf(FuzzInputs.Text, Times, FuzzInputs.Mutated(Times)).Check(
        text =>
        Assert.True(
            PointInTime.Parse(text) is not { } point
                || (point.Sequence is null != (point.Time is null) && point.Sequence is null or >= 0)));
}
