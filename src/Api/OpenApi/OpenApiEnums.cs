using Microsoft.OpenApi;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Claims;
using TreasureHunt.Api.Hunts;
using TreasureHunt.Api.ServiceLevels;
using TreasureHunt.Api.Treasures;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.OpenApi;

/// <summary>The values of string members with a fixed set of values, as types of the OpenAPI document.</summary>
internal static class OpenApiEnums
{
    private static readonly EnumSchema[] All =
    [
        new("ClaimOutcome", "The outcome of a claim.", [Outcomes.Pending, Outcomes.Won, Outcomes.Rejected], [
            (nameof(ClaimResponse), "outcome")]),
        new("ClaimReason", "Why a claim was rejected.", OpenApiExamples.Reasons, [(nameof(ClaimResponse), "reason")]),
        new(
            "HuntStatus",
            "The phase of a hunt.",
            [.. Enum.GetNames<HuntPhase>().Select(phase => phase.ToLowerInvariant())],
            [(nameof(HuntListItem), "status"), (nameof(HuntResponse), "status")]),
        new(
            "TreasureStatus",
            "Whether a treasure can be won; hidden until its hunt is open.",
            TreasureStatuses.All,
            [(nameof(HuntTreasureItem), "status"), (nameof(TreasureResponse), "status")]),
        new("ServiceLevel", "What the Api can do.", [.. Enum.GetValues<ServiceLevel>().Order().Select(level => level.Name())], [
            (nameof(StatusResponse), "level")]),
        new("DependencyState", "Whether a dependency works.", DependencyStates.All, [(nameof(Dependency), "state")]),
        new("BreakerState", "The state of the circuit breaker of a dependency.", BreakerStates.All, [
            (nameof(Dependency), "breaker")]),
    ];

    /// <summary>Adds the types, and references to them in the members.</summary>
    public static void AddTo(Microsoft.OpenApi.OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        foreach (var values in All)
        {
            document.AddComponent(
                values.Name,
                new OpenApiSchema { Type = JsonSchemaType.String, Description = values.Description, Enum = [.. values.Values] });
            foreach (var (schema, member) in values.Members)
            {
                var properties = schemas[schema].Properties!;
                var reference = new OpenApiSchemaReference(values.Name, document);
                properties[member] = properties[member].Type is { } type && type.HasFlag(JsonSchemaType.Null)
                    ? new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, reference] }
                    : reference;
            }
        }
    }

    private sealed record EnumSchema(
        string Name, string Description, IReadOnlyList<string> Values, (string Schema, string Member)[] Members);
}
