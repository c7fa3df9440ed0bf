using Microsoft.OpenApi;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Http;

/// <summary>A header that the code of a route reads, as metadata for the OpenAPI document.</summary>
public sealed record RequestHeader(string Name, bool IsRequired, string Description)
{
    public static readonly RequestHeader ClaimKey =
        new(IdempotencyKey.HeaderName, true, $"{IdentifierRules.KeyRule}. The same player, treasure and key are the same claim.");

    public static readonly RequestHeader CommandKey =
        new(IdempotencyKey.HeaderName, false, $"{IdentifierRules.KeyRule}. A retry with the key gets the first response.");

    public static readonly RequestHeader Player =
        new("Hunt-Player", false, "With a storefront's token: the player, whose id begins with the token's prefix.");

    public static readonly RequestHeader Wait = new(
        "Prefer", false, "wait=n: the response waits until the claim is decided, for at most n seconds (0 to 30).");

    public static readonly RequestHeader LastEventId = new(
        "Last-Event-ID", false, "The id of the last event that the client received. The stream resumes after it.");

    public OpenApiParameter ToParameter() => new()
    {
        Name = Name,
        In = ParameterLocation.Header,
        Required = IsRequired,
        Description = Description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
