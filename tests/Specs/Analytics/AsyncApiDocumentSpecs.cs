using System.Text.Json.Nodes;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Analytics;

/// <summary>The AsyncAPI document agrees with the names and the schema.</summary>
public class AsyncApiDocumentSpecs
{
    private static readonly JsonNode AsyncApi = Read("docs/asyncapi.json");

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
        Assert.Equal(BusNames.EventsStream, Text(stream["address"]));
        Assert.Equal(BusNames.EventsStream, Text(stream["bindings"]!["amqp"]!["queue"]!["name"]));
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
    public void Every_reference_of_the_document_has_a_target()
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
