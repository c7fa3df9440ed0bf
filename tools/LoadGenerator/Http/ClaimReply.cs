using System.Net;
using System.Text.Json;
using TreasureHunt.Contracts;

namespace TreasureHunt.LoadGenerator.Http;

/// <summary>The response to a claim, or to a query for its outcome.</summary>
/// <param name="Result">The outcome, or the name of the problem.</param>
/// <param name="Reason">Why a claim was rejected.</param>
/// <param name="RetryAfter">How long the engine asks to wait before the next request.</param>
public readonly record struct ClaimReply(
    ClaimReplyKind Kind,
    string Result,
    string? Reason = null,
    Guid? ClaimId = null,
    TimeSpan? RetryAfter = null,
    Uri? Location = null)
{
    public static ClaimReply Unknown(string result) => new(ClaimReplyKind.Unsure, result);

    /// <summary>Reads the response to a claim; a body of another form is <see cref="ClaimReplyKind.Unsure"/>.</summary>
    public static ClaimReply Read(HttpStatusCode status, ReadOnlySpan<byte> body)
    {
        var fields = ClaimReplyFields.Read(body);
        return (int)status switch
        {
            200 or 202 when fields.Outcome is Outcomes.Won or Outcomes.Rejected =>
                new(ClaimReplyKind.Decided, fields.Outcome, fields.Reason, fields.ClaimId),
            200 or 202 when fields.Outcome is Outcomes.Pending =>
                new(ClaimReplyKind.Pending, fields.Outcome, null, fields.ClaimId, fields.PollAfter),
            429 => new(ClaimReplyKind.Busy, fields.Problem ?? "http-429"),
            408 => Unknown("http-408"),
            >= 400 and < 500 => new(ClaimReplyKind.Refused, fields.Problem ?? $"http-{(int)status}"),
            _ => Unknown(fields.Problem ?? $"http-{(int)status}"),
        };
    }
}
