using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TreasureHunt.Api.Admin;
using TreasureHunt.Api.Claims;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.OpenApi;

/// <summary>Types in the OpenAPI document as a client should see them.</summary>
internal static class OpenApiSchemas
{
    private static readonly Dictionary<Type, IValidator> Validators = new()
    {
        [typeof(DraftHuntRequest)] = new DraftHuntValidator(),
        [typeof(HideTreasureRequest)] = new HideTreasureValidator(),
        [typeof(ClueRequest)] = new ClueValidator(),
        [typeof(RestockRequest)] = new RestockValidator(),
        [typeof(RevokeRequest)] = new RevokeValidator(),
    };

    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // The reader takes numbers in quotes as well. A client that knew of both forms would have no number to work with.
        if (schema.Type is { } type && type.HasFlag(JsonSchemaType.Integer))
        {
            (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
        }

        // A type is seen once by itself, and again as each member that has it.
        if (Validators.TryGetValue(context.JsonTypeInfo.Type, out var validator))
        {
            AddRules(schema, validator);
        }
        else if (context.JsonTypeInfo.Type == typeof(ClaimRequest))
        {
            Member(schema, nameof(ClaimRequest.Proof)).MaxLength = IdentifierRules.MaxProof;
        }
        else if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
        {
            DescribeProblem(schema);
        }

        return Task.CompletedTask;
    }

    // The members of a request may all be null, so that a validator can name each one that is missing. What is required, it knows.
    private static void AddRules(OpenApiSchema schema, IValidator validator)
    {
        schema.Required = new HashSet<string>();
        foreach (var rule in validator.CreateDescriptor().Rules)
        {
            // A rule for each element of a list is none of the list itself.
            if ((rule.Member as PropertyInfo)?.PropertyType != rule.TypeToValidate)
            {
                continue;
            }

            foreach (var component in rule.Components)
            {
                Add(schema, rule.PropertyName, component.Validator);
            }
        }
    }

    private static void Add(OpenApiSchema schema, string property, IPropertyValidator rule)
    {
        var member = Member(schema, property);
        switch (rule)
        {
            case INotNullValidator or INotEmptyValidator:
                schema.Required!.Add(JsonNamingPolicy.CamelCase.ConvertName(property));
                member.Type &= ~JsonSchemaType.Null;
                member.MinLength = rule is INotEmptyValidator && member is { Type: JsonSchemaType.String, Format: null } ? 1 : null;
                break;
            case ILengthValidator length:
                (member.MinLength, member.MaxLength) = (length.Min > 0 ? length.Min : member.MinLength, length.Max);
                break;
            case IBetweenValidator between:
                (member.Minimum, member.Maximum) = (Text(between.From), Text(between.To));
                break;
        }
    }

    private static void DescribeProblem(OpenApiSchema schema)
    {
        var (text, mayBeMissing) = (JsonSchemaType.String, JsonSchemaType.String | JsonSchemaType.Null);
        schema.Description = "What went wrong (RFC 9457).";
        schema.Required = new HashSet<string> { "type", "title", "status" };
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = text, Description = $"{ProblemNames.UrnPrefix} and the problem's name. It is stable." },
            // Clients of Kiota throw problems as exceptions, whose message it is.
            ["title"] = new OpenApiSchema
            {
                Type = text,
                Description = "For people.",
                Extensions = new Dictionary<string, IOpenApiExtension>
                {
                    ["x-ms-primary-error-message"] = new JsonNodeExtension(
                    JsonValue.Create(true))
                },
            },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
            ["detail"] = new OpenApiSchema { Type = mayBeMissing, Description = "More, for people." },
            ["traceId"] = new OpenApiSchema { Type = mayBeMissing, Description = "Finds the request in logs and traces." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object | JsonSchemaType.Null,
                Description = "What is wrong with each field.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = text } },
            },
        };
    }

    private static OpenApiSchema Member(OpenApiSchema schema, string property) =>
        (OpenApiSchema)schema.Properties![JsonNamingPolicy.CamelCase.ConvertName(property)];

    private static string Text(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture)!;
}
