using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TreasureHunt.Api.Claims;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document at <c>/openapi/v1.json</c>. Generators make clients from it, so it says of every type no more and no less than
/// what is sent.
/// </summary>
public static class OpenApiDocument
{
    private static readonly Dictionary<string, string> Tags = new()
    {
        ["Administration"] = "Running hunts, with an administrator's token.",
        ["Claims"] = "Claiming treasures, and reading what became of it.",
        ["Hunts"] = "Hunts, their leaderboards, and their changes as they happen.",
        ["Status"] = "What works right now.",
        ["Treasures"] = "Treasures with the clues revealed so far.",
        ["Visitors"] = "Tokens for visitors, where the operator allows them.",
    };

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddSchemaTransformer(OpenApiSchemas.DescribeAsync);
        options.AddOperationTransformer(OpenApiOperations.DescribeAsync);
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            OpenApiEnums.AddTo(document);
            return Task.CompletedTask;
        });
    });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi().Add(endpoint =>
    {
        var write = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            // The document tells clients to go where it was asked for. The proxy ends TLS, and says so.
            if (http.Request.Headers["X-Forwarded-Proto"] == Uri.UriSchemeHttps)
            {
                http.Request.Scheme = Uri.UriSchemeHttps;
            }

            return write(http);
        };
    });

    private static void Describe(Microsoft.OpenApi.OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Treasure Hunt",
            Version = "v1",
            Description = "Claim treasures; each unit goes to exactly one player, in the broker's order.",
            Contact = new OpenApiContact { Name = "The operator of this site" },
        };
        foreach (var server in document.Servers ?? [])
        {
            server.Url = server.Url?.TrimEnd('/');
        }

        document.Tags = (document.Tags ?? new HashSet<OpenApiTag>()).OrderBy(tag => tag.Name, StringComparer.Ordinal).ToHashSet();
        foreach (var tag in document.Tags)
        {
            tag.Description = Tags[tag.Name!];
        }

        document.Components ??= new OpenApiComponents();
        document.Components.Examples = OpenApiExamples.Problems();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[OpenApiOperations.Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = $"Audience {Audiences.Player}, {Audiences.Storefront} or {Audiences.Administrator} (with scopes).",
        };
    }
}
