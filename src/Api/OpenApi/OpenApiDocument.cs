using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TreasureHunt.Api.Claims;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.OpenApi;

/// <summary>The OpenAPI 3.1 document at <c>/openapi/v1.json</c>, with an example of every rejection and every problem.</summary>
public static class OpenApiDocument
{
    // No player is told hunt-not-open: before the opening, its treasures are not found.
    private static readonly string[] Rejections =
    [
        Reasons.HuntPaused, Reasons.HuntClosed, Reasons.TreasureNotFound, Reasons.TreasureExhausted, Reasons.TreasureWithdrawn,
        Reasons.AlreadyClaimed, Reasons.PlayerLimitReached, Reasons.ProofMissing, Reasons.ProofWrong, Reasons.TooManyAttempts, Reasons.TooManyRefusals,
    ];

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Treasure Hunt", Version = "v1", Description = "Claim treasures; each unit goes to exactly one player, in order." };
            document.Components ??= new OpenApiComponents();
            // Some problems belong to no operation, such as a method that no route takes.
            document.Components.Examples = ProblemResults.All.ToDictionary(
                problem => problem.Key, IOpenApiExample (problem) => new OpenApiExample { Value = Example(problem.Key, problem.Value) });
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "Audience treasure-hunt-player, treasure-hunt-storefront or treasure-hunt-admin (with scopes).",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context);
            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (operation.OperationId == "PostClaim")
        {
            operation.Parameters = [.. operation.Parameters ?? [], Header("Idempotency-Key", true, "The same player, treasure and key are the same claim."), StorefrontsPlayer(), Header("Prefer", false, "wait=n: hold the answer for at most n seconds (0 to 30).")];
            Examples(operation, "200", [("won", (JsonNode)Claim(null)), .. Rejections.Select(reason => (reason, (JsonNode)Claim(reason)))]);
        }

        if (operation.OperationId == "GetMyClaims")
        {
            operation.Parameters = [.. operation.Parameters ?? [], StorefrontsPlayer()];
        }

        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Microsoft.AspNetCore.Authorization.IAuthorizeData>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
        }

        foreach (var status in operation.Responses?.Keys.Where(status => status[0] is '4' or '5').ToList() ?? [])
        {
            Examples(operation, status, ProblemResults.All.Where(problem => $"{problem.Value.Status}" == status).Select(problem => (problem.Key, (JsonNode)Example(problem.Key, problem.Value))));
        }
    }

    private static void Examples(OpenApiOperation operation, string status, IEnumerable<(string Name, JsonNode Value)> examples)
    {
        foreach (var content in (operation.Responses?[status] as OpenApiResponse)?.Content?.Values ?? [])
        {
            content.Examples = examples.ToDictionary(example => example.Name, IOpenApiExample (example) => new OpenApiExample { Value = example.Value });
        }
    }

    private static OpenApiParameter StorefrontsPlayer() => Header(ClaimingPlayer.Header, false, "With a storefront's token: the player, whose id begins with the token's prefix.");

    private static OpenApiParameter Header(string name, bool required, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static JsonObject Example(string name, (int Status, string Title) problem) => new()
    {
        ["type"] = ProblemNames.UrnPrefix + name,
        ["title"] = problem.Title,
        ["status"] = problem.Status,
        ["traceId"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    };

    private static JsonObject Claim(string? reason) => new()
    {
        ["claimId"] = "5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1",
        ["treasureId"] = "golden-goose",
        ["huntId"] = reason == Reasons.TreasureNotFound ? null : "autumn-sale",
        ["playerId"] = "alice",
        ["outcome"] = reason is null ? Outcomes.Won : Outcomes.Rejected,
        ["reason"] = reason,
        ["position"] = 17,
        ["winningPosition"] = reason == Reasons.TreasureExhausted ? 12 : null,
        ["lateByMs"] = reason == Reasons.TreasureExhausted ? 41 : null,
        ["acceptedAt"] = "2026-11-23T18:00:00.041+00:00",
        ["decidedAt"] = "2026-11-23T18:00:00.058+00:00",
        ["revokedAt"] = null,
        ["pollAfterMs"] = null,
    };
}
