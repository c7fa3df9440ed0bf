using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RabbitMQ.Client;

namespace TreasureHunt.Commands.DeadLettering;

/// <summary>A dead letter as the administration API returns it.</summary>
/// <param name="Id">A hash of the content: the same message, and a copy of it, always has the same id.</param>
/// <param name="Reason">Why the message cannot be processed.</param>
/// <param name="Headers">All headers, as text.</param>
/// <param name="Body">The original body with masked proofs, truncated after 65,536 characters.</param>
public sealed partial record DeadLetter(
    string Id, string Reason, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Maximum length of a returned body, in characters.</summary>
    private const int MaxBodyLength = 64 * 1024;

    private const string Masked = "***";

    public static DeadLetter Of(BasicGetResult message) => Of(message.BasicProperties, message.Body.Span);

    public static DeadLetter Of(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body)
    {
        var headers = (properties.Headers ?? new Dictionary<string, object?>()).ToDictionary(
            header => header.Key, header => Text(header.Value));
        var masked = Mask(Encoding.UTF8.GetString(body));
        return new DeadLetter(
            IdOf(properties.MessageId, body), ReasonOf(headers), properties.ContentType, headers,
            masked.Length > MaxBodyLength ? masked[..MaxBodyLength] + "…" : masked);
    }

    /// <summary>Returns the id of a message.</summary>
    public static string IdOf(string? messageId, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(messageId ?? ""));
        hash.AppendData([0]);
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>Returns the headers without those about the failure, for the return of a message to its queue.</summary>
    public static Dictionary<string, object?> WithoutFailure(
        IDictionary<string, object?>? headers) => (headers ?? new Dictionary<string, object?>())
        .Where(header => !(header.Key.StartsWith("MT-Fault-", StringComparison.Ordinal)
            || header.Key is "MT-Reason" or "x-death" or "x-delivery-count"
            || header.Key.StartsWith("x-first-death", StringComparison.Ordinal)
            || header.Key.StartsWith("x-last-death", StringComparison.Ordinal)))
        .ToDictionary();

    private static string ReasonOf(Dictionary<string, string> headers) => headers.GetValueOrDefault("MT-Fault-Message")
        ?? headers.GetValueOrDefault("x-first-death-reason") switch
        {
            "delivery_limit" => "It was delivered too often: each worker that received it ended before deciding it.",
            { } reason => $"The broker moved it: {reason}.",
            null => "Unknown.",
        };

    private static string Mask(string body)
    {
        try
        {
            var json = JsonNode.Parse(body);
            MaskIn(json);
            return json?.ToJsonString() ?? body;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return ProofInText().Replace(body, $"$1\"{Masked}\"");
        }
    }

    private static void MaskIn(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var (name, value) in json.ToList())
                {
                    if (name.Equals("proof", StringComparison.OrdinalIgnoreCase) && value is not null)
                    {
                        json[name] = Masked;
                    }
                    else
                    {
                        MaskIn(value);
                    }
                }

                break;
            case JsonArray array:
                foreach (var element in array)
                {
                    MaskIn(element);
                }

                break;
        }
    }

    private static string Text(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        IDictionary<string, object?> table => string.Join(", ", table.Select(entry => $"{entry.Key}={Text(entry.Value)}")),
        System.Collections.IList list => string.Join("; ", list.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // For a body that is not JSON. The last proof may be truncated.
    [GeneratedRegex("""("proof"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^,}\s]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex ProofInText();
}
