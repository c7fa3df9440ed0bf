using TreasureHunt.Contracts;
using TreasureHunt.Platform.Problems;

namespace TreasureHunt.Api.Problems;

/// <summary>Why a claim is refused: the response to a single claim, or the answer to a line of a request with several claims.</summary>
/// <param name="Name">One of <see cref="ProblemNames"/>, or a reason.</param>
/// <param name="Errors">The broken rules of each field.</param>
/// <param name="RetryAfter">The earliest time of a retry, for a 429 or 503.</param>
public sealed record ClaimProblem(
    string Name, string? Detail = null, IDictionary<string, string[]>? Errors = null, TimeSpan RetryAfter = default)
{
    /// <summary>The HTTP status.</summary>
    public int Status => ProblemCatalog.All[Name].Status;

    /// <summary>A field that breaks a rule.</summary>
    public static ClaimProblem Invalid(string field, string rule) =>
        new(ProblemNames.InvalidRequest, Errors: new Dictionary<string, string[]> { [field] = [rule] });
}
