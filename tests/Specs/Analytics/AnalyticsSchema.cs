using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Specs.Analytics;

/// <summary>The schema that the types have, to hold the written one against.</summary>
internal static class AnalyticsSchema
{
    /// <summary>Where it is written.</summary>
    public const string File = "src/Contracts/Analytics/events.schema.json";

    // What a type cannot say; the written schema may say more.
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

    /// <summary>A schema without its remarks. The constants of <c>oneOf</c> stay: they say which event has which shape.</summary>
    public static JsonNode? Bare(JsonNode? node) => node switch
    {
        JsonObject o =>
            new JsonObject(o.Where(entry => !IsRemark(entry.Key, o)).Select(entry => KeyValuePair.Create(entry.Key, Bare(entry.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Bare)]),
        _ => node?.DeepClone(),
    };

    // Inside "properties" these words would be names of properties, which are objects.
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
