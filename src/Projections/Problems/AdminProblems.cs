using Microsoft.AspNetCore.Http.HttpResults;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.Projections.Problems;

/// <summary>What this host refuses, in the form of RFC 9457.</summary>
public static class AdminProblems
{
    /// <summary>Refuses what would have to read an event of a newer build.</summary>
    public static async ValueTask<object?> UnknownEventsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (UnknownEventException unknown)
        {
            return Of(
                StatusCodes.Status409Conflict, ProblemNames.NotAllowedNow, "The event store holds an event of a newer build.",
                unknown.Message);
        }
    }

    /// <summary>Refuses a parameter that is out of its range or not of its form.</summary>
    public static ProblemHttpResult Parameter(string parameter, string why) =>
        Of(StatusCodes.Status400BadRequest, ProblemNames.InvalidRequest, "A parameter is out of range.", why, parameter);

    /// <summary>Refuses what is no id of a hunt or a treasure; null when it is one.</summary>
    public static ProblemHttpResult? Id(string parameter, string id) =>
        IdentifierRules.IsSlug(id) ? null : Parameter(parameter, $"An id has 1 to {IdentifierRules.MaxId} characters of a-z 0-9 -.");

    /// <param name="name">One of <see cref="ProblemNames"/>.</param>
    /// <param name="parameter">The parameter that is wrong, if one is.</param>
    public static ProblemHttpResult Of(
        int status, string name, string title, string detail, string? parameter = null) => TypedResults.Problem(
        detail,
        statusCode: status,
        title: title,
        type: ProblemNames.UrnPrefix + name,
        extensions: parameter is null
            ? null : new Dictionary<string, object?> { ["errors"] = new Dictionary<string, string[]> { [parameter] = [detail] } });
}
