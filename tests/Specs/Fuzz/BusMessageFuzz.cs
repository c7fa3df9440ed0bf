using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using CsCheck;
using MassTransit;
using MassTransit.Serialization;
using TreasureHunt.Api.Admission;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>Messages of storefronts and reports of projections.</summary>
public class BusMessageFuzz
{
    private static readonly Gen<byte[]> Claims = Gen.Select(
        FuzzInputs.Text, FuzzInputs.Text, Gen.Bool, (treasure, key, withByteOrderMark) =>
        Encoding.UTF8.GetBytes(
            (withByteOrderMark ? "\ufeff" : "")
                + JsonSerializer.Serialize(new { treasureId = treasure, playerId = "alice", key, proof = (string?)null })));

    private static readonly Gen<string> Reports = Gen.Select(
        Gen.Long, FuzzInputs.Text, (head, stalled) => JsonSerializer.Serialize(new { head, stalled = new[] { stalled } }));

    [Fact]
    public void A_message_of_a_storefront_is_parsed_or_refused() => Gen.OneOf(FuzzInputs.Bytes, Claims, FuzzInputs.Mutated(Claims))
        .Check(bytes =>
    {
        try
        {
            Assert.NotNull(new PlainJsonDeserializer().Deserialize(new BytesMessageBody(bytes), EmptyHeaders.Instance));
        }
        catch (SerializationException)
        {
        }
    });

    [Fact]
    public void A_report_of_the_projections_is_parsed_or_invalid() => Gen.OneOf(FuzzInputs.Text, Reports, FuzzInputs.Mutated(Reports))
        .Check(text =>
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
