using Microsoft.AspNetCore.Http.HttpResults;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Problems;

namespace TreasureHunt.Projections.Problems;

/// <summary>The problem responses (RFC 9457) of this host.</summary>
public static class AdminProblems
{
    /// <summary>Turns <see cref="UnknownEventException"/> into a problem response.</summary>
    public static async ValueTask<object?> RejectUnknownEventsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (UnknownEventException unknown)
        {
            return Create(ProblemNames.NotAllowedNow, "The event store holds an event of a newer build.",
                unknown.Message);
        }
    }

    /// <summary>The problem of a parameter that is out of range or malformed.</summary>
    public static ProblemHttpResult InvalidParameter(string parameter, string detail) =>
        Create(ProblemNames.InvalidRequest, "A parameter is invalid.", detail, parameter);

    /// <summary>The problem of a malformed id of a hunt or a treasure; null when the id is valid.</summary>
    public static ProblemHttpResult? ValidateId(string parameter, string id) =>
        IdentifierRules.IsSlug(id) ? null : InvalidParameter(parameter, $"An id has {IdentifierRules.SlugRule}.");

    /// <param name="name">One of <see cref="ProblemNames"/>.</param>
    /// <param name="parameter">The invalid parameter; null for none.</param>
    public static ProblemHttpResult Create(
        string name, string title, string detail, string? parameter = null) => TypedResults.Problem(
        detail,
        statusCode: ProblemCatalog.All[name].Status,
        title: title,
        type: ProblemCatalog.TypeOf(name),
        extensions: parameter is null
            ? null : new Dictionary<string, object?> { ["errors"] = new Dictionary<string, string[]> { [parameter] = [detail] } });
}
