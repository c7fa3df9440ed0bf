using System.Text.Json;
using TreasureHunt.Contracts;

namespace TreasureHunt.LoadGenerator.Http;

/// <summary>The fields of a response to a claim that a client reads, taken from its JSON without other allocations.</summary>
internal struct ClaimReplyFields
{
    public string? Outcome;
    public string? Reason;
    public string? Problem;
    public Guid? ClaimId;
    public TimeSpan? PollAfter;

    public static ClaimReplyFields Read(ReadOnlySpan<byte> body)
    {
        var fields = default(ClaimReplyFields);
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
            Problem = Text(ref reader) is { } type && type.StartsWith(ProblemNames.UrnPrefix, StringComparison.Ordinal)
                ? type[ProblemNames.UrnPrefix.Length..] : null;
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
