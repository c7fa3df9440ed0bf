using System.Net;
using System.Text.Json;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Engine;

/// <summary>What the engine can say to a claim.</summary>
public enum ClaimReplyKind
{
    /// <summary>The outcome is known.</summary>
    Decided,

    /// <summary>Accepted; the outcome will follow.</summary>
    Pending,

    /// <summary>A definite no at the door: nothing was recorded.</summary>
    Refused,

    /// <summary>A definite not now: nothing was recorded, try again.</summary>
    Busy,

    /// <summary>No telling whether it was accepted: a fault of the server, a lost connection, or a deadline that passed.</summary>
    Unsure,
}

/// <summary>An answer to a claim, or to the question what became of it.</summary>
/// <param name="What">The outcome, or the name of the problem.</param>
/// <param name="Reason">Why a claim was rejected.</param>
/// <param name="Wait">How long the engine asks to wait before the next try.</param>
public readonly record struct ClaimReply(
    ClaimReplyKind Kind,
    string What,
    string? Reason = null,
    Guid? ClaimId = null,
    TimeSpan? Wait = null,
    Uri? Location = null)
{
    private const string ProblemPrefix = "urn:treasure-hunt:problem:";

    public static ClaimReply Lost(string what) => new(ClaimReplyKind.Unsure, what);

    /// <summary>Reads the answer to a claim; anything that is not of the agreed form is <see cref="ClaimReplyKind.Unsure"/>.</summary>
    public static ClaimReply Read(HttpStatusCode status, ReadOnlySpan<byte> body)
    {
        var fields = Fields.Read(body);
        return (int)status switch
        {
            200 or 202 when fields.Outcome is Outcomes.Won or Outcomes.Rejected =>
                new(ClaimReplyKind.Decided, fields.Outcome, fields.Reason, fields.ClaimId),
            200 or 202 when fields.Outcome is Outcomes.Pending =>
                new(ClaimReplyKind.Pending, fields.Outcome, null, fields.ClaimId, fields.PollAfter),
            429 => new(ClaimReplyKind.Busy, fields.Problem ?? "http-429"),
            408 => Lost("http-408"),
            >= 400 and < 500 => new(ClaimReplyKind.Refused, fields.Problem ?? $"http-{(int)status}"),
            _ => Lost(fields.Problem ?? $"http-{(int)status}"),
        };
    }

    private struct Fields
    {
        public string? Outcome;
        public string? Reason;
        public string? Problem;
        public Guid? ClaimId;
        public TimeSpan? PollAfter;

        public static Fields Read(ReadOnlySpan<byte> body)
        {
            var fields = default(Fields);
            try
            {
                var reader = new Utf8JsonReader(body);
                while (reader.Read())
                {
                    if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                    {
                        fields.Take(ref reader);
                    }
                }
            }
            catch (JsonException)
            {
                return default;
            }

            return fields;
        }

        private void Take(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("outcome"u8))
            {
                Outcome = Text(ref reader);
            }
            else if (reader.ValueTextEquals("reason"u8))
            {
                Reason = Text(ref reader);
            }
            else if (reader.ValueTextEquals("claimId"u8))
            {
                ClaimId = Guid.TryParse(Text(ref reader), out var id) ? id : null;
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                Problem = Text(ref reader) is { } type && type.StartsWith(ProblemPrefix, StringComparison.Ordinal)
                    ? type[ProblemPrefix.Length..] : null;
            }
            else if (reader.ValueTextEquals("pollAfterMs"u8) && reader.Read() && reader.TokenType == JsonTokenType.Number
                && reader.TryGetInt32(out var ms))
            {
                PollAfter = TimeSpan.FromMilliseconds(Math.Clamp(ms, 0, 60_000));
            }
        }

        private static string? Text(ref Utf8JsonReader reader) =>
            reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }
}
