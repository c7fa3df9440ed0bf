using System.Diagnostics;
using System.Text.Json;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Problems;

/// <summary>Answers in the form of RFC 9457. The type is stable; the title is for people.</summary>
public static class ProblemResults
{
    /// <summary>What a caller whose request had a key should do when the outcome is unknown.</summary>
    public const string RetryWithTheKey = "Send it again with the same Idempotency-Key: it cannot count twice.";

    private static readonly Dictionary<string, (int Status, string Title)> Known = new()
    {
        [ProblemNames.Unauthenticated] = (401, "A valid token is needed."),
        [ProblemNames.Forbidden] = (403, "The token does not cover this."),
        [ProblemNames.MalformedId] = (400, "An id in the path is not of its form."),
        [ProblemNames.InvalidJson] = (400, "The body is not the JSON that this route takes."),
        [ProblemNames.InvalidRequest] = (400, "A field is missing or out of range."),
        [ProblemNames.IdempotencyKeyMissing] = (400, "The header Idempotency-Key is missing."),
        [ProblemNames.IdempotencyKeyInvalid] = (400, "The header Idempotency-Key must have 1 to 128 visible ASCII characters."),
        [ProblemNames.BodyTooLarge] = (413, "The body is too large."),
        [ProblemNames.NotFound] = (404, "There is no such route."),
        [ProblemNames.MethodNotAllowed] = (405, "This route does not take this method."),
        [ProblemNames.UnsupportedMediaType] = (415, "The body must be application/json."),
        [ProblemNames.RequestTimeout] = (408, "The request came too slowly."),
        [ProblemNames.UriTooLong] = (414, "The URI is too long."),
        [ProblemNames.HeadersTooLarge] = (431, "The headers are too large."),
        [ProblemNames.HuntNotFound] = (404, "There is no such hunt."),
        [ProblemNames.TreasureNotFound] = (404, "There is no such treasure."),
        [ProblemNames.ClaimNotFound] = (404, "There is no such claim of yours."),
        [Reasons.HuntPaused] = (409, "The hunt is paused."),
        [Reasons.HuntClosed] = (409, "The hunt is over."),
        [Reasons.TreasureExhausted] = (409, "All units of this treasure are taken."),
        [Reasons.TreasureWithdrawn] = (409, "The treasure was withdrawn."),
        [ProblemNames.AlreadyExists] = (409, "It exists already."),
        [ProblemNames.NotAllowedNow] = (409, "Not as things stand."),
        [ProblemNames.IdempotencyKeyReused] = (422, "This Idempotency-Key was used for another payload. Nothing was done."),
        [ProblemNames.LimitReached] = (409, "The hunt or treasure has as many as it may have."),
        [ProblemNames.IntakeFull] = (429, "Too many claims are waiting. Nothing was recorded."),
        [ProblemNames.TooManyRequests] = (429, "This caller sends too many requests. Nothing was recorded."),
        [ProblemNames.OutcomeUnknown] = (503, "Not confirmed in time: the outcome is unknown."),
        [ProblemNames.ReadModelUnavailable] = (503, "No cache can answer right now."),
        [ProblemNames.StreamsFull] = (503, "This host has as many streams as it takes."),
        [ProblemNames.InternalError] = (500, "A fault of ours. The traceId finds it."),
    };

    /// <summary>Every problem's name with its status and title.</summary>
    public static IReadOnlyDictionary<string, (int Status, string Title)> All => Known;

    /// <summary>The answer for a problem of the given name.</summary>
    /// <param name="mayRetry">Whether a problem that passes says when to come back.</param>
    /// <param name="retryAfter">Earliest time for another try, for a 429 or 503.</param>
    public static IResult Of(
        string name, string? detail = null, IDictionary<string, string[]>? errors = null, bool mayRetry = true,
        TimeSpan retryAfter = default)
    {
        var (status, title) = Known[name];
        var extensions = new Dictionary<string, object?> { ["traceId"] = Activity.Current?.Id };
        if (errors is not null)
        {
            extensions["errors"] = errors;
        }

        var problem = Results.Problem(detail, null, status, title, ProblemNames.UrnPrefix + name, extensions);
        return new ProblemResult(problem, isTemporary: mayRetry && status is (429 or 503), retryAfter);
    }

    /// <summary>
    /// The answer for what a worker refused. A worker of a newer build may name a problem that this build does not know: that is
    /// <see cref="ProblemNames.NotAllowedNow"/>, with the worker's words.
    /// </summary>
    public static IResult OfWorker(string name, string? detail) =>
        Known.ContainsKey(name) ? Of(name, detail) : Of(ProblemNames.NotAllowedNow, detail ?? $"The worker refused it: {name}.");

    // No cache keeps a problem. Callers that were refused together should not come back together.
    private sealed class ProblemResult(IResult problem, bool isTemporary, TimeSpan retryAfter) : IResult
    {
        private static readonly Random Jitter = new();

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            if (isTemporary && httpContext.Response.Headers.RetryAfter.Count == 0)
            {
                httpContext.Response.Headers.RetryAfter = ((int)retryAfter.TotalSeconds + Seconds()).ToString(
                    System.Globalization.CultureInfo.InvariantCulture);
            }

            return problem.ExecuteAsync(httpContext);
        }

        private static int Seconds()
        {
            lock (Jitter)
            {
                return Jitter.Next(1, 4);
            }
        }
    }

    /// <summary>Where in the body the reader stumbled; never what stood there.</summary>
    public static string Where(JsonException exception) => exception is { Path: { Length: > 1 } path }
        ? $"It stops making sense at {path}."
        : $"It stops making sense in line {(exception.LineNumber ?? 0) + 1}.";
}
