using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TreasureHunt.Api.Http;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Problems;

namespace TreasureHunt.Api.OpenApi;

/// <summary>Describes routes in the OpenAPI document: parameters, tokens, problems and examples.</summary>
internal static class OpenApiOperations
{
    /// <summary>The name of the security scheme.</summary>
    public const string Bearer = "bearer";

    private const string ProblemType = "application/problem+json";

    // Problems that every route can return.
    private static readonly string[] CommonProblems = [
        ProblemNames.NotFound, ProblemNames.MethodNotAllowed, ProblemNames.UriTooLong, ProblemNames.HeadersTooLarge,
        ProblemNames.InternalError];

    private static readonly Dictionary<string, (string Description, string? Pattern, string? Format)> PathIds = new()
    {
        ["huntId"] = ($"The hunt: {IdentifierRules.SlugRule}.", IdentifierRules.SlugPattern, null),
        ["treasureId"] = ($"The treasure: {IdentifierRules.SlugRule}.", IdentifierRules.SlugPattern, null),
        ["claimId"] = ("The claim: the claimId in the response to it.", null, "uuid"),
    };

    public static Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => PathIds.ContainsKey(parameter.Name!)))
        {
            var schema = (OpenApiSchema)parameter.Schema!;
            (parameter.Description, schema.Pattern, schema.Format) = PathIds[parameter.Name!];
        }

        foreach (var header in metadata.OfType<RequestHeader>())
        {
            operation.Parameters.Add(header.ToParameter());
        }

        if (metadata.OfType<IAuthorizeData>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        }
        else if (metadata.OfType<OptionalToken>().Any())
        {
            // The empty requirement makes the other one optional.
            operation.Security =
            [
                new OpenApiSecurityRequirement(),
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] },
            ];
        }

        if (operation.OperationId == "PostClaim")
        {
            operation.Responses!["200"].Content!["application/json"].Examples = OpenApiExamples.Claims();
        }

        AddProblems(operation, context.Document);
        return Task.CompletedTask;
    }

    private static void AddProblems(OpenApiOperation operation, Microsoft.OpenApi.OpenApiDocument? document)
    {
        operation.Responses ??= [];
        foreach (var (status, response) in operation.Responses)
        {
            if (response.Content?.TryGetValue(ProblemType, out var content) is true)
            {
                content.Examples = OpenApiExamples.References(
                    ProblemCatalog.All.Where(problem => Text(problem.Value.Status) == status).Select(problem => problem.Key), document);
            }
        }

        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Any other problem",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ProblemType] = new()
                {
                    Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document),
                    Examples = OpenApiExamples.References(CommonProblems, document),
                },
            },
        };
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
