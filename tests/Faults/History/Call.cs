using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreasureHunt.Contracts;

namespace TreasureHunt.Faults.History;

/// <summary>What an answer says about the call.</summary>
public enum CallResult
{
    /// <summary>It did what it says.</summary>
    Ok,

    /// <summary>A definite no: nothing was recorded.</summary>
    Refused,

    /// <summary>A definite not now (429): nothing was recorded, and nothing was said of what was asked for.</summary>
    Busy,

    /// <summary>No telling whether anything was recorded: a fault of the server, a lost connection, a deadline that passed.</summary>
    Unknown,
}

/// <summary>A call and its answer. All that the answer tells is taken from it once, here, for the runner and the specs alike.</summary>
public sealed record Call : Sent
{
    private Call(Sent sent)
        : base(sent)
    {
    }

    /// <summary>After the last byte of the answer, on the clock of the run.</summary>
    public TimeSpan Ended { get; init; }

    /// <summary>HTTP status; 0 without an answer.</summary>
    public int Status { get; init; }

    public CallResult Result { get; init; }

    /// <summary>One of <see cref="Outcomes"/>.</summary>
    public string? Outcome { get; init; }

    public string? Reason { get; init; }

    /// <summary>The claim that the answer speaks of.</summary>
    public Guid? ToldClaimId { get; init; }

    /// <summary>One of <see cref="ProblemNames"/> or <see cref="Reasons"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>The log position that the answer is true for.</summary>
    public long? Sequence { get; init; }

    public int? Remaining { get; init; }

    public int? Awarded { get; init; }

    public int? Stock { get; init; }

    /// <summary>The status word of a hunt or a treasure.</summary>
    public string? State { get; init; }

    /// <summary>The body.</summary>
    public string Text { get; init; } = "";

    /// <summary>The outcome was told, for good.</summary>
    [JsonIgnore]
    public bool TellsOutcome => Outcome is Outcomes.Won or Outcomes.Rejected;

    /// <param name="status">0 without an answer.</param>
    /// <param name="sequence">The header <c>Hunt-Sequence</c>.</param>
    public static Call Of(Sent sent, TimeSpan ended, int status = 0, string? sequence = null, string text = "")
    {
        var body = status == 0 ? default : Body.Read(text);
        var accepted = status is >= 200 and < 300;
        return new Call(sent)
        {
            Ended = ended,
            Status = status,
            Result = ResultOf(sent.Kind, status, body),
            Outcome = accepted ? body.Word("outcome") : null,
            Reason = accepted ? body.Word("reason") : null,
            ToldClaimId = Guid.TryParse(body.Word("claimId"), out var id) ? id : null,
            Problem = body.Word("type") is { } type && type.StartsWith(ProblemNames.UrnPrefix, StringComparison.Ordinal)
                ? type[ProblemNames.UrnPrefix.Length..] : null,
            Sequence = long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null,
            Remaining = body.Number("remaining"),
            Awarded = body.Number("awarded"),
            Stock = body.Number("stock"),
            State = accepted ? body.Word("status") : null,
            Text = text,
        };
    }

    private static CallResult ResultOf(CallKind kind, int status, Body body) => status switch
    {
        304 => CallResult.Ok,
        // A success whose body is not what was agreed, cut short perhaps, tells nothing.
        >= 200 and < 300 =>
            body.Word(kind is CallKind.Claim or CallKind.Outcome ? "outcome" : "status") is null ? CallResult.Unknown : CallResult.Ok,
        408 => CallResult.Unknown,
        429 => CallResult.Busy,
        >= 400 and < 500 => CallResult.Refused,
        _ => CallResult.Unknown,
    };

    /// <summary>The fields of a JSON object; none of anything else.</summary>
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

        public string? Word(string name) => Field(name) is { ValueKind: JsonValueKind.String } word ? word.GetString() : null;

        public int? Number(string name) =>
            Field(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

        private JsonElement Field(string name) =>
            Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var field) ? field : default;
    }
}
