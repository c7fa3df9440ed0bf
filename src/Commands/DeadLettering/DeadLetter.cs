using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RabbitMQ.Client;

namespace TreasureHunt.Commands.DeadLettering;

/// <summary>A dead letter as an administrator sees it.</summary>
/// <param name="Id">Of the content: the same message has the same id each time it is looked at, and so does its copy.</param>
/// <param name="Reason">Why it cannot be processed.</param>
/// <param name="Headers">All headers, as text.</param>
/// <param name="Body">The original body, with proofs masked, cut off after <see cref="MaxBody"/> characters.</param>
public sealed partial record DeadLetter(
    string Id, string Reason, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Longest body that is shown, in characters.</summary>
    private const int MaxBody = 64 * 1024;

    private const string Masked = "***";

    public static DeadLetter Of(BasicGetResult message) => Of(message.BasicProperties, message.Body.Span);

    public static DeadLetter Of(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body)
    {
        var headers = (properties.Headers ?? new Dictionary<string, object?>()).ToDictionary(
            header => header.Key, header => Text(header.Value));
        var shown = Mask(Encoding.UTF8.GetString(body));
        return new DeadLetter(
            IdOf(properties.MessageId, body), ReasonOf(headers), properties.ContentType, headers,
            shown.Length > MaxBody ? shown[..MaxBody] + "…" : shown);
    }

    /// <summary>The id of a message.</summary>
    public static string IdOf(string? messageId, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(messageId ?? ""));
        hash.AppendData([0]);
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>The headers with which a message goes back to its queue: those that tell of its failure stay behind.</summary>
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
            "delivery_limit" => "It was delivered too often: each worker that held it ended before it was decided.",
            { } reason => $"The broker gave it up: {reason}.",
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

    // Of a body that is no JSON; a proof may stand at its end, cut off.
    [GeneratedRegex("""("proof"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^,}\s]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex ProofInText();
}
