using System.Net;
using System.Text.Json;
using TreasureHunt.Contracts;

namespace TreasureHunt.Integration.Harness;

/// <summary>A complete response of a host.</summary>
public sealed record ApiResponse(HttpStatusCode Status, string? MediaType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => field.ValueKind == JsonValueKind.Undefined ? field = JsonDocument.Parse(Text).RootElement : field;

    /// <summary>Returns a member of the JSON body.</summary>
    /// <exception cref="HttpRequestException">
    /// The body has no such member, for example because the host was busy. A polling caller retries.
    /// </exception>
    public JsonElement this[string name] =>
        Json.TryGetProperty(name, out var member) ? member : throw new HttpRequestException($"The response has no member '{name}': {this}");

    /// <summary>
    /// The status and the name of the problem, such as <c>409 hunt-paused</c>; the status alone when the body is no problem.
    /// </summary>
    public string Problem => MediaType == "application/problem+json"
        ? $"{(int)Status} {Json.GetProperty("type").GetString()!.Replace(ProblemNames.UrnPrefix, "", StringComparison.Ordinal)}"
        : $"{(int)Status}";

    /// <summary>The outcome of a claim: <c>won</c>, <c>pending</c>, or the reason of its rejection.</summary>
    public string Outcome => TextOf("reason") ?? TextOf("outcome")!;

    public Guid ClaimId => this["claimId"].GetGuid();

    public long Sequence => this["sequence"].GetInt64();

    public string Id => TextOf("id")!;

    public string? TextOf(string name) => this[name].GetString();

    public long? NumberOf(string name) => this[name] is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;

    public override string ToString() => $"{Problem} {Text}";

    public static async Task<ApiResponse> Of(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
}
