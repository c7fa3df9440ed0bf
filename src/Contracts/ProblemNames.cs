namespace TreasureHunt.Contracts;

/// <summary>Names of the problems (RFC 9457) that callers can rely on; the type is <c>urn:treasure-hunt:problem:{name}</c>.</summary>
public static class ProblemNames
{
    public const string UrnPrefix = "urn:treasure-hunt:problem:";

    public const string Unauthenticated = "unauthenticated";
    public const string Forbidden = "forbidden";
    public const string MalformedId = "malformed-id";
    public const string InvalidJson = "invalid-json";
    public const string InvalidRequest = "invalid-request";
    public const string IdempotencyKeyMissing = "idempotency-key-missing";
    public const string IdempotencyKeyInvalid = "idempotency-key-invalid";
    public const string IdempotencyKeyReused = "idempotency-key-reused";
    public const string BodyTooLarge = "body-too-large";
    public const string NotFound = "not-found";
    public const string MethodNotAllowed = "method-not-allowed";
    public const string UnsupportedMediaType = "unsupported-media-type";
    public const string RequestTimeout = "request-timeout";
    public const string UriTooLong = "uri-too-long";
    public const string HeadersTooLarge = "headers-too-large";
    public const string HuntNotFound = "hunt-not-found";
    public const string TreasureNotFound = "treasure-not-found";
    public const string ClaimNotFound = "claim-not-found";
    public const string AlreadyExists = "already-exists";
    public const string NotAllowedNow = "not-allowed-now";
    /// <summary>A hunt or a treasure has reached a limit.</summary>
    public const string LimitReached = "limit-reached";
    public const string IntakeFull = "intake-full";
    /// <summary>A caller or an address sends more requests than its limit.</summary>
    public const string TooManyRequests = "too-many-requests";
    public const string OutcomeUnknown = "outcome-unknown";
    public const string ReadModelUnavailable = "read-model-unavailable";
    public const string StreamsFull = "streams-full";
    /// <summary>The edge proxy sheds reads under peak load, as it sheds claims with <see cref="IntakeFull"/>.</summary>
    public const string ReadsFull = "reads-full";
    /// <summary>The edge proxy refuses a path that is not in its normalized form.</summary>
    public const string MalformedPath = "malformed-path";
    /// <summary>The edge proxy reports that no Api answers.</summary>
    public const string Unavailable = "unavailable";
    public const string InternalError = "internal-error";
}
