using Microsoft.AspNetCore.Http.HttpResults;
using TreasureHunt.Contracts;

namespace TreasureHunt.Projections;

/// <summary>What this host refuses, in the form of RFC 9457.</summary>
public static class Refusal
{
    /// <param name="name">One of <see cref="Problems"/>.</param>
    /// <param name="parameter">The parameter that is wrong, if one is.</param>
    public static ProblemHttpResult Of(int status, string name, string title, string detail, string? parameter = null) => TypedResults.Problem(
        detail,
        statusCode: status,
        title: title,
        type: Problems.UrnPrefix + name,
        extensions: parameter is null ? null : new Dictionary<string, object?> { ["errors"] = new Dictionary<string, string[]> { [parameter] = [detail] } });
}
