using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Problems;

namespace TreasureHunt.Api.OpenApi;

/// <summary>The examples of the OpenAPI document: every problem, and a claim with every outcome.</summary>
internal static class OpenApiExamples
{
    /// <summary>The reasons in responses. Not hunt-not-open: before the opening, treasures are not found.</summary>
    public static readonly string[] Reasons =
    [
        Contracts.Reasons.HuntPaused, Contracts.Reasons.HuntClosed, Contracts.Reasons.TreasureNotFound, Contracts.Reasons.TreasureExhausted,
        Contracts.Reasons.TreasureWithdrawn, Contracts.Reasons.AlreadyClaimed, Contracts.Reasons.PlayerLimitReached,
        Contracts.Reasons.ProofMissing,
        Contracts.Reasons.ProofWrong, Contracts.Reasons.TooManyAttempts, Contracts.Reasons.TooManyRefusals,
    ];

    /// <summary>An example of each problem by its name, for the document's components.</summary>
    public static Dictionary<string, IOpenApiExample> Problems() =>
        ProblemCatalog.All.ToDictionary(
            problem => problem.Key, IOpenApiExample (problem) => new OpenApiExample { Value = Of(problem.Key, problem.Value) });

    /// <summary>References to the examples of these problems.</summary>
    public static Dictionary<string, IOpenApiExample> References(
        IEnumerable<string> problems, Microsoft.OpenApi.OpenApiDocument? document) =>
        problems.ToDictionary(problem => problem, IOpenApiExample (problem) => new OpenApiExampleReference(problem, document));

    /// <summary>A claim that is won, and one that is rejected for each reason.</summary>
    public static Dictionary<string, IOpenApiExample> Claims() => Reasons.Select(reason => (Name: reason, Claim: Claim(reason)))
        .Prepend((Name: Outcomes.Won, Claim: Claim(null)))
        .ToDictionary(example => example.Name, IOpenApiExample (example) => new OpenApiExample { Value = example.Claim });

    private static JsonObject Of(string name, ProblemDefinition problem) => new()
    {
        ["type"] = ProblemCatalog.TypeOf(name),
        ["title"] = problem.Title,
        ["status"] = problem.Status,
        ["traceId"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    };

    private static JsonObject Claim(string? reason) => new()
    {
        ["claimId"] = "5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1",
        ["treasureId"] = "golden-goose",
        ["huntId"] = reason is Contracts.Reasons.TreasureNotFound or Contracts.Reasons.TooManyRefusals ? null : "autumn-sale",
        ["playerId"] = "alice",
        ["outcome"] = reason is null ? Outcomes.Won : Outcomes.Rejected,
        ["reason"] = reason,
        ["position"] = reason == Contracts.Reasons.TooManyRefusals ? null : 17,
        ["winningPosition"] = reason == Contracts.Reasons.TreasureExhausted ? 12 : null,
        ["lateByMs"] = reason == Contracts.Reasons.TreasureExhausted ? 41 : null,
        ["acceptedAt"] = "2026-11-23T18:00:00.041+00:00",
        ["decidedAt"] = "2026-11-23T18:00:00.058+00:00",
        ["revokedAt"] = null,
        ["pollAfterMs"] = null,
    };
}
