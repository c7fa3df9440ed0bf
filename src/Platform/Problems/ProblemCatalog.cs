using TreasureHunt.Contracts;

namespace TreasureHunt.Platform.Problems;

/// <summary>HTTP status and default title of a problem.</summary>
public readonly record struct ProblemDefinition(int Status, string Title);

/// <summary>Every problem (RFC 9457) that a host answers, by name. The names are stable; the titles are for people.</summary>
public static class ProblemCatalog
{
    private static readonly Dictionary<string, ProblemDefinition> Definitions = new()
    {
        [ProblemNames.Unauthenticated] = new(401, "A valid token is required."),
        [ProblemNames.Forbidden] = new(403, "The token does not allow this request."),
        [ProblemNames.MalformedId] = new(400, "An id in the path is malformed."),
        [ProblemNames.InvalidJson] = new(400, "The body is not valid JSON for this route."),
        [ProblemNames.InvalidRequest] = new(400, "A field is missing or out of range."),
        [ProblemNames.IdempotencyKeyMissing] = new(400, "The header Idempotency-Key is missing."),
        [ProblemNames.IdempotencyKeyInvalid] = new(400, $"The header Idempotency-Key must have {IdentifierRules.KeyRule}."),
        [ProblemNames.BodyTooLarge] = new(413, "The body is too large."),
        [ProblemNames.NotFound] = new(404, "There is no such route."),
        [ProblemNames.MethodNotAllowed] = new(405, "This route does not allow this method."),
        [ProblemNames.UnsupportedMediaType] = new(415, "The body must be application/json."),
        [ProblemNames.RequestTimeout] = new(408, "The request was sent too slowly."),
        [ProblemNames.UriTooLong] = new(414, "The URI is too long."),
        [ProblemNames.HeadersTooLarge] = new(431, "The headers are too large."),
        [ProblemNames.HuntNotFound] = new(404, "There is no such hunt."),
        [ProblemNames.TreasureNotFound] = new(404, "There is no such treasure."),
        [ProblemNames.ClaimNotFound] = new(404, "The caller has no such claim."),
        [Reasons.HuntPaused] = new(409, "The hunt is paused."),
        [Reasons.HuntClosed] = new(409, "The hunt is over."),
        [Reasons.TreasureExhausted] = new(409, "All units of this treasure are taken."),
        [Reasons.TreasureWithdrawn] = new(409, "The treasure was withdrawn."),
        [ProblemNames.AlreadyExists] = new(409, "The id exists already."),
        [ProblemNames.NotAllowedNow] = new(409, "The command is not allowed in the current state."),
        [ProblemNames.IdempotencyKeyReused] = new(422, "This Idempotency-Key was used for another payload. Nothing was done."),
        [ProblemNames.LimitReached] = new(409, "The hunt or treasure has reached its limit."),
        [ProblemNames.IntakeFull] = new(429, "Too many claims are waiting. Nothing was recorded."),
        [ProblemNames.TooManyRequests] = new(429, "This caller sends too many requests. Nothing was recorded."),
        [ProblemNames.OutcomeUnknown] = new(503, "Not confirmed in time: the outcome is unknown."),
        [ProblemNames.ReadModelUnavailable] = new(503, "No cache can answer at the moment."),
        [ProblemNames.StreamsFull] = new(503, "This host has reached its limit of streams."),
        [ProblemNames.Unavailable] = new(503, "The service is not available."),
        [ProblemNames.InternalError] = new(500, "Internal error. The operator can find it by the traceId."),
    };

    public static IReadOnlyDictionary<string, ProblemDefinition> All => Definitions;

    /// <summary>The type of a problem: its URN.</summary>
    public static string TypeOf(string name) => ProblemNames.UrnPrefix + name;

    /// <summary>The problem of an HTTP status whose cause is not known.</summary>
    public static string NameOf(int status) => status switch
    {
        400 => ProblemNames.InvalidRequest,
        401 => ProblemNames.Unauthenticated,
        403 => ProblemNames.Forbidden,
        404 => ProblemNames.NotFound,
        405 => ProblemNames.MethodNotAllowed,
        408 => ProblemNames.RequestTimeout,
        413 => ProblemNames.BodyTooLarge,
        414 => ProblemNames.UriTooLong,
        415 => ProblemNames.UnsupportedMediaType,
        431 => ProblemNames.HeadersTooLarge,
        _ => ProblemNames.InternalError,
    };
}
