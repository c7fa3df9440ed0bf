using FluentValidation;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Admin;

/// <summary>Validates bodies and ids before the handler of a route is called.</summary>
public static class ValidationFilter
{
    /// <summary>Refuses a body that breaks the rules of <typeparamref name="TValidator"/>. The problem names each field.</summary>
    public static RouteHandlerBuilder ValidateBody<TBody, TValidator>(this RouteHandlerBuilder route)
        where TValidator : IValidator<TBody>, new()
    {
        var validator = new TValidator();
        route.ProducesProblem(StatusCodes.Status408RequestTimeout)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        return route.AddEndpointFilter(async (context, next) =>
        {
            var body = context.Arguments.OfType<TBody>().Single();
            var result = await validator.ValidateAsync(body, context.HttpContext.RequestAborted);
            return result.IsValid
                ? await next(context)
                : ProblemResults.Of(
                    ProblemNames.InvalidRequest, null,
                    result.ToDictionary().ToDictionary(field => JsonPath(field.Key), field => field.Value));
        });
    }

    /// <summary>Refuses ids in the path that are not slugs.</summary>
    public static RouteGroupBuilder RequireSlugs(this RouteGroupBuilder routes) => routes.AddEndpointFilter(async (context, next) =>
        context.HttpContext.Request.RouteValues.Any(
            value => value.Key is "huntId" or "treasureId" && !IdentifierRules.IsSlug((string?)value.Value))
            ? ProblemResults.MalformedId("An id")
            : await next(context));

    private static string JsonPath(string property) =>
        string.Join('.', property.Split('.').Select(part => part.Length == 0 ? part : char.ToLowerInvariant(part[0]) + part[1..]));
}
