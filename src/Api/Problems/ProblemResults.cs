using System.Diagnostics;
using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Problems;

namespace TreasureHunt.Api.Problems;

/// <summary>Problem responses (RFC 9457). The type is stable; the title is for people.</summary>
public static class ProblemResults
{
    /// <summary>The detail of an unknown outcome when the request had a key.</summary>
    public const string RetryWithSameKey = "Send the request again with the same Idempotency-Key: it counts once.";

    /// <summary>The problems of this host, by name. Only a worker returns <see cref="ProblemNames.Unavailable"/>.</summary>
    public static IReadOnlyDictionary<string, ProblemDefinition> All { get; } =
        ProblemCatalog.All.Where(problem => problem.Key != ProblemNames.Unavailable).ToDictionary();

    /// <summary>The response for a problem of the given name.</summary>
    /// <param name="mayRetry">Whether a temporary problem has a <c>Retry-After</c>.</param>
    /// <param name="retryAfter">The earliest time of a retry, for a 429 or 503.</param>
    public static IResult Of(
        string name, string? detail = null, IDictionary<string, string[]>? errors = null, bool mayRetry = true,
        TimeSpan retryAfter = default)
    {
        var (status, title) = All[name];
        var extensions = new Dictionary<string, object?> { ["traceId"] = Activity.Current?.Id };
        if (errors is not null)
        {
            extensions["errors"] = errors;
        }

        var problem = Results.Problem(detail, null, status, title, ProblemCatalog.TypeOf(name), extensions);
        return new ProblemResult(problem, isTemporary: mayRetry && status is (429 or 503), retryAfter);
    }

    /// <summary>The response for a field that breaks a rule.</summary>
    public static IResult Invalid(string field, string rule) =>
        Of(ProblemNames.InvalidRequest, errors: new Dictionary<string, string[]> { [field] = [rule] });

    /// <summary>The response for an id in the path that is no slug.</summary>
    /// <param name="subject">The subject of the sentence, such as "A hunt id".</param>
    public static IResult MalformedId(string subject) =>
        Of(ProblemNames.MalformedId, $"{subject} has {IdentifierRules.SlugRule}.");

    /// <summary>
    /// The response for a refusal by a worker. A worker of a newer build can name a problem that this build does not know: that is
    /// <see cref="ProblemNames.NotAllowedNow"/> with the worker's detail.
    /// </summary>
    public static IResult OfWorker(string name, string? detail) =>
        All.ContainsKey(name)
            ? Of(name, detail) : Of(ProblemNames.NotAllowedNow, detail ?? $"The worker refused it: {name}.");

    /// <summary>The position in a JSON body that could not be read; never its content.</summary>
    public static string LocationOf(JsonException exception) => exception is { Path: { Length: > 1 } path }
        ? $"The JSON cannot be read at {path}."
        : $"The JSON cannot be read in line {(exception.LineNumber ?? 0) + 1}.";

    // No cache stores a problem. The random part keeps callers that were refused together from returning together.
    private sealed class ProblemResult(IResult problem, bool isTemporary, TimeSpan retryAfter) : IResult
    {
        private const int MaxJitterSeconds = 3;

        private static readonly Random Jitter = new();

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            if (isTemporary && httpContext.Response.Headers.RetryAfter.Count == 0)
            {
                var seconds = (int)retryAfter.TotalSeconds + JitterSeconds();
                httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            return problem.ExecuteAsync(httpContext);
        }

        private static int JitterSeconds()
        {
            lock (Jitter)
            {
                return Jitter.Next(1, MaxJitterSeconds + 1);
            }
        }
    }
}
