using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using TreasureHunt.Api.Responses;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Problems;

namespace TreasureHunt.Api.Problems;

/// <summary>Problem responses (RFC 9457). The type is stable; the title is for people.</summary>
public static class ProblemResults
{
    /// <summary>The detail of an unknown outcome when the request had a key.</summary>
    public const string RetryWithSameKey = "Send the request again with the same Idempotency-Key: it counts once.";

    /// <summary>The response for a problem of the given name.</summary>
    /// <param name="mayRetry">Whether a temporary problem has a <c>Retry-After</c>.</param>
    /// <param name="retryAfter">The earliest time of a retry, for a 429 or 503.</param>
    public static IResult Of(
        string name, string? detail = null, IDictionary<string, string[]>? errors = null, bool mayRetry = true,
        TimeSpan retryAfter = default)
    {
        var problem = DetailsOf(new ClaimProblem(name, detail, errors, retryAfter));
        return new ProblemResult(problem, isTemporary: mayRetry && problem.Status is (429 or 503), retryAfter);
    }

    /// <summary>The response for a claim that is refused.</summary>
    public static IResult Of(ClaimProblem problem) => Of(problem.Name, problem.Detail, problem.Errors, retryAfter: problem.RetryAfter);

    /// <summary>The body of a problem response.</summary>
    public static ProblemDetails DetailsOf(ClaimProblem problem)
    {
        var (status, title) = ProblemCatalog.All[problem.Name];
        var details = new ProblemDetails
        {
            Type = ProblemCatalog.TypeOf(problem.Name),
            Title = title,
            Status = status,
            Detail = problem.Detail,
            Extensions = { ["traceId"] = Activity.Current?.Id },
        };
        if (problem.Errors is not null)
        {
            details.Extensions["errors"] = problem.Errors;
        }

        return details;
    }

    /// <summary>
    /// When a refused request may be sent again: at random one to three seconds after <paramref name="retryAfter"/>, so that callers that
    /// were refused together do not return together.
    /// </summary>
    public static TimeSpan RetryDelay(TimeSpan retryAfter) => TimeSpan.FromSeconds((int)retryAfter.TotalSeconds + Jitter.NextSeconds());

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
        ProblemCatalog.All.ContainsKey(name)
            ? Of(name, detail) : Of(ProblemNames.NotAllowedNow, detail ?? $"The worker refused it: {name}.");

    /// <summary>The position in a JSON body that could not be read; never its content.</summary>
    public static string LocationOf(JsonException exception) => exception is { Path: { Length: > 1 } path }
        ? $"The JSON cannot be read at {path}."
        : $"The JSON cannot be read in line {(exception.LineNumber ?? 0) + 1}.";

    // No cache stores a problem.
    private sealed class ProblemResult(ProblemDetails problem, bool isTemporary, TimeSpan retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.Headers.CacheControl = "no-store";
            if (isTemporary && response.Headers.RetryAfter.Count == 0)
            {
                response.Headers.RetryAfter = RetryDelay(retryAfter).TotalSeconds.ToString(CultureInfo.InvariantCulture);
            }

            response.StatusCode = problem.Status!.Value;
            return JsonBody.WriteAsync(
                response, JsonSerializer.SerializeToUtf8Bytes(problem, ProblemJson.Relaxed.ProblemDetails), "application/problem+json");
        }
    }

    private static class Jitter
    {
        private const int MaxSeconds = 3;

        private static readonly Random Source = new();

        public static int NextSeconds()
        {
            lock (Source)
            {
                return Source.Next(1, MaxSeconds + 1);
            }
        }
    }
}

[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    /// <summary>Escapes no more characters than the other responses of the host.</summary>
    public static readonly ProblemJson Relaxed =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
