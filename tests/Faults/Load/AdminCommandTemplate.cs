using System.Text.Json.Nodes;

namespace TreasureHunt.Faults.Load;

/// <summary>A valid admin command without its common fields, and invalid values for its own fields.</summary>
/// <param name="Type">The name of the command type.</param>
internal sealed record AdminCommandTemplate(string Type, JsonObject Command, (string Field, JsonNode? Value)[] InvalidFields);
