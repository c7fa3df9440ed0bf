using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreasureHunt.Contracts;

namespace TreasureHunt.Faults.History;

/// <summary>The result of a call, from its answer.</summary>
public enum CallResult
{
    /// <summary>The call succeeded.</summary>
    Ok,

    /// <summary>A 4xx answer except 408 and 429: the call recorded nothing.</summary>
    Refused,

    /// <summary>A 429: the call recorded nothing.</summary>
    Busy,

    /// <summary>A 5xx, a lost connection or a timeout: the call may have recorded something.</summary>
    Unknown,
}

/// <summary>A call and its answer, parsed.</summary>
public sealed record Call : StartedCall
{
    private Call(StartedCall sent)
        : base(sent)
    {
    }

    /// <summary>Time after the last byte of the answer, from the start of the run.</summary>
    public TimeSpan Ended { get; init; }

    /// <summary>HTTP status; 0 without an answer.</summary>
    public int Status { get; init; }

    public CallResult Result { get; init; }

    /// <summary>One of <see cref="Outcomes"/>.</summary>
    public string? Outcome { get; init; }

    public string? Reason { get; init; }

    /// <summary>The claim id in the answer.</summary>
    public Guid? AnsweredClaimId { get; init; }

    /// <summary>One of <see cref="ProblemNames"/> or <see cref="Reasons"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>The sequence of the event store up to which the answer is valid.</summary>
    public long? Sequence { get; init; }

    public int? Remaining { get; init; }

    public int? Awarded { get; init; }

    public int? Stock { get; init; }

    /// <summary>The field <c>status</c> of a hunt or a treasure.</summary>
    public string? State { get; init; }

    /// <summary>The body.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether the answer holds an outcome that never changes.</summary>
    [JsonIgnore]
    public bool HasFinalOutcome => Outcome is Outcomes.Won or Outcomes.Rejected;

    /// <param name="status">0 without an answer.</param>
    /// <param name="sequence">The header <c>Hunt-Sequence</c>.</param>
    public static Call Of(StartedCall sent, TimeSpan ended, int status = 0, string? sequence = null, string text = "")
    {
        var body = status == 0 ? default : Body.Read(text);
        var accepted = status is >= 200 and < 300;
        return new Call(sent)
        {
            Ended = ended,
            Status = status,
            Result = ResultOf(sent.Kind, status, body),
            Outcome = accepted ? body.Text("outcome") : null,
            Reason = accepted ? body.Text("reason") : null,
            AnsweredClaimId = Guid.TryParse(body.Text("claimId"), out var id) ? id : null,
            Problem = body.Text("type") is { } type && type.StartsWith(ProblemNames.UrnPrefix, StringComparison.Ordinal)
                ? type[ProblemNames.UrnPrefix.Length..] : null,
            Sequence = long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null,
            Remaining = body.Number("remaining"),
            Awarded = body.Number("awarded"),
            Stock = body.Number("stock"),
            State = accepted ? body.Text("status") : null,
            Text = text,
        };
    }

    private static CallResult ResultOf(CallKind kind, int status, Body body) => status switch
    {
        304 => CallResult.Ok,
        // A success without the expected field, for example with a truncated body, is no answer.
        >= 200 and < 300 =>
            body.Text(kind is CallKind.Claim or CallKind.Outcome ? "outcome" : "status") is null ? CallResult.Unknown : CallResult.Ok,
        408 => CallResult.Unknown,
        429 => CallResult.Busy,
        >= 400 and < 500 => CallResult.Refused,
        _ => CallResult.Unknown,
    };

    /// <summary>The fields of a JSON object. Other JSON and malformed JSON have none.</summary>
    private readonly record struct Body(JsonElement Json)
    {
        public static Body Read(string text)
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                return new Body(document.RootElement.Clone());
            }
            catch (JsonException)
            {
                return default;
            }
        }

        public string? Text(string name) => Field(name) is { ValueKind: JsonValueKind.String } field ? field.GetString() : null;

        public int? Number(string name) =>
            Field(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

        private JsonElement Field(string name) =>
            Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var field) ? field : default;
    }
}
