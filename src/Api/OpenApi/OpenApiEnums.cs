using Microsoft.OpenApi;
using TreasureHunt.Api.Claims;
using TreasureHunt.Api.Hunts;
using TreasureHunt.Api.ServiceLevels;
using TreasureHunt.Api.Treasures;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.OpenApi;

/// <summary>The words that some members of an answer are limited to, as types of their own in the OpenAPI document.</summary>
internal static class OpenApiEnums
{
    private static readonly EnumWords[] All =
    [
        new("ClaimOutcome", "What became of a claim.", [Outcomes.Pending, Outcomes.Won, Outcomes.Rejected], [
            (nameof(ClaimResponse), "outcome")]),
        new("ClaimReason", "Why a claim was rejected.", OpenApiExamples.Reasons, [(nameof(ClaimResponse), "reason")]),
        new(
            "HuntStatus",
            "Where a hunt is in its life.",
            [.. Enum.GetNames<HuntPhase>().Select(phase => phase.ToLowerInvariant())],
            [(nameof(HuntListItem), "status"), (nameof(HuntResponse), "status")]),
        new(
            "TreasureStatus",
            "Whether a treasure can be won; hidden until its hunt is open.",
            ["hidden", "available", "exhausted", "withdrawn"],
            [(nameof(HuntTreasureItem), "status"), (nameof(TreasureResponse), "status")]),
        new("ServiceLevel", "What the service can do.", [.. Enum.GetValues<ServiceLevel>().Order().Select(level => level.Name())], [
            (nameof(StatusResponse), "level")]),
        new("DependencyState", "Whether a dependency works.", ["up", "away", "full", "stalled"], [(nameof(Dependency), "state")]),
        new("BreakerState", "Whether the breaker in front of a dependency lets calls through.", ["closed", "half-open", "open"], [
            (nameof(Dependency), "breaker")]),
    ];

    /// <summary>Adds the types, and lets the members refer to them.</summary>
    public static void AddTo(Microsoft.OpenApi.OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        foreach (var words in All)
        {
            document.AddComponent(
                words.Name, new OpenApiSchema { Type = JsonSchemaType.String, Description = words.Description, Enum = [.. words.Values] });
            foreach (var (schema, member) in words.Members)
            {
                var properties = schemas[schema].Properties!;
                var reference = new OpenApiSchemaReference(words.Name, document);
                properties[member] = properties[member].Type is { } type && type.HasFlag(JsonSchemaType.Null)
                    ? new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, reference] }
                    : reference;
            }
        }
    }

    private sealed record EnumWords(string Name, string Description, string[] Values, (string Schema, string Member)[] Members);
}
