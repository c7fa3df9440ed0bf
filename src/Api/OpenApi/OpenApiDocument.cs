using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TreasureHunt.Api.Claims;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document at <c>/openapi/v1.json</c>. Client generators use it, so it describes every type exactly as it is sent.
/// </summary>
public static class OpenApiDocument
{
    private static readonly Dictionary<string, string> Tags = new()
    {
        ["Administration"] = "Commands of administrators.",
        ["Claims"] = "Claims and their outcomes.",
        ["Hunts"] = "Hunts, their leaderboards, and streams of their changes.",
        ["Status"] = "The service level and the dependencies.",
        ["Treasures"] = "Treasures with the clues that are revealed.",
        ["Visitors"] = "Tokens for visitors, when the operator enables them.",
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
            // The document names the address of the request as the server. The edge proxy terminates TLS and sets this header.
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
            Description = "Claim treasures; each unit goes to at most one player.",
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
