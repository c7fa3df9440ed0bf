using System.Text.Json;
using System.Text.Json.Nodes;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Analytics;

/// <summary>What the written schema and the AsyncAPI document promise is what the types are.</summary>
public class SchemaSpecs
{
    private static readonly JsonNode Schema = Read(AnalyticsSchema.File);

    private static readonly JsonNode AsyncApi = Read("docs/asyncapi.json");

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static TheoryData<string> Definitions => [.. AnalyticsSchema.OfTypes().Select(definition => definition.Key)];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void The_schema_names_every_property_with_its_type_and_whether_it_is_required(string definition)
    {
        var expected = AnalyticsSchema.OfTypes()[definition]!;
        var written = AnalyticsSchema.Bare(Schema["definitions"]![definition]);

        Assert.True(
            JsonNode.DeepEquals(expected, written),
            $"{definition} should be\n{expected.ToJsonString(Indented)}\nand is\n{written?.ToJsonString(Indented)}");
    }

    [Fact]
    public void The_schema_describes_nothing_else() =>
        Assert.Equal(
            AnalyticsSchema.OfTypes().Select(definition => definition.Key).Order(),
            Schema["definitions"]!.AsObject().Select(definition => definition.Key).Order());

    [Fact]
    public void No_schema_knows_of_proofs_or_fingerprints() => Assert.All(
        (string[])["proof", "fingerprint"],
        word => Assert.DoesNotContain(word, AnalyticsSchema.Bare(Schema)!.ToJsonString(), StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void The_document_describes_the_exchange_the_stream_and_the_envelope()
    {
        Assert.Equal("3.0.0", Text(AsyncApi["asyncapi"]));
        var exchange = AsyncApi["channels"]!["events"]!;
        Assert.Equal(BusNames.Events, Text(exchange["address"]));
        Assert.Equal(
            (BusNames.Events, "fanout"),
            (Text(exchange["bindings"]!["amqp"]!["exchange"]!["name"]), Text(exchange["bindings"]!["amqp"]!["exchange"]!["type"])));
        var stream = AsyncApi["channels"]!["log"]!;
        Assert.Equal(BusNames.EventsLog, Text(stream["address"]));
        Assert.Equal(BusNames.EventsLog, Text(stream["bindings"]!["amqp"]!["queue"]!["name"]));
        Assert.EndsWith(
            "#/definitions/envelope", Text(AsyncApi["components"]!["messages"]!["envelope"]!["payload"]!["$ref"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_lists_every_event()
    {
        var schemas = AsyncApi["components"]!["schemas"]!.AsObject();

        Assert.Equal(EventNames.All.Values.Order(), schemas.Select(schema => schema.Key).Order());
        Assert.All(
            schemas, schema => Assert.EndsWith($"#/definitions/{schema.Key}", Text(schema.Value!["$ref"]), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_reference_of_the_document_leads_somewhere()
    {
        var references = References(AsyncApi).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference =>
        {
            var (file, pointer) = (reference.Split('#')[0], reference.Split('#')[1]);
            var target = file.Length == 0 ? AsyncApi : Read(Path.Combine("docs", file));
            Assert.NotNull(pointer.Split('/').Skip(1).Aggregate(target, (node, step) => node?[step]!));
        });
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o =>
            o.SelectMany(entry => entry is { Key: "$ref", Value: JsonValue reference } ? [Text(reference)] : References(entry.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(Repository.PathOf(path)))!;
}
