using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Specs.Analytics;

/// <summary>The schema of the types, for comparison with the schema file.</summary>
internal static class AnalyticsSchema
{
    /// <summary>The path of the schema file.</summary>
    public const string File = "src/Contracts/Analytics/events.schema.json";

    // Keywords of the schema file that types do not express.
    private static readonly string[] Remarks = ["description", "const", "pattern", "minimum", "examples"];

    public static JsonObject OfTypes()
    {
        var envelope = Of(typeof(EventEnvelope));
        envelope["properties"]!["events"]!["items"] = Ref("event");
        var definitions = new JsonObject { ["envelope"] = envelope };
        var @event = Of(typeof(CloudEvent));
        @event["oneOf"] = new JsonArray([.. EventNames.All.Values.Select(name => new JsonObject
        {
            ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = name }, ["data"] = Ref(name) },
        })]);
        definitions["event"] = @event;
        foreach (var (type, name) in EventNames.All)
        {
            definitions[name] = Of(type);
        }

        return definitions;
    }

    /// <summary>Removes these keywords from a schema, except the constants of <c>oneOf</c>, which map event names to their data.</summary>
    public static JsonNode? WithoutRemarks(JsonNode? node) => node switch
    {
        JsonObject o =>
            new JsonObject(
                o.Where(entry => !IsRemark(entry.Key, o)).Select(entry => KeyValuePair.Create(entry.Key, WithoutRemarks(entry.Value)))),
        JsonArray a => new JsonArray([.. a.Select(WithoutRemarks)]),
        _ => node?.DeepClone(),
    };

    // A property with such a name has an object as its value and is not a keyword.
    private static bool IsRemark(string word, JsonObject schema) =>
        Remarks.Contains(word) && schema[word] is not JsonObject && (word != "const" || schema.ContainsKey("type"));

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/definitions/{name}" };

    private static JsonObject Of(Type type)
    {
        var schema =
            AnalyticsJson.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true })
                .AsObject();
        schema["type"] = "object";
        return schema;
    }
}
