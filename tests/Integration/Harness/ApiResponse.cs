using System.Net;
using System.Text.Json;
using TreasureHunt.Contracts;

namespace TreasureHunt.Integration.Harness;

/// <summary>What a host answered, read to its end.</summary>
public sealed record ApiResponse(HttpStatusCode Status, string? MediaType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => field.ValueKind == JsonValueKind.Undefined ? field = JsonDocument.Parse(Text).RootElement : field;

    /// <summary>A member of what was answered.</summary>
    /// <exception cref="HttpRequestException">
    /// It is another answer, as from who has no time for this one; whoever waits asks again.
    /// </exception>
    public JsonElement this[string name] =>
        Json.TryGetProperty(name, out var member) ? member : throw new HttpRequestException($"There is no {name} in {this}");

    /// <summary>Status and name of a problem, as <c>409 hunt-paused</c>; the status alone when it is none.</summary>
    public string Problem => MediaType == "application/problem+json"
        ? $"{(int)Status} {Json.GetProperty("type").GetString()!.Replace(ProblemNames.UrnPrefix, "", StringComparison.Ordinal)}"
        : $"{(int)Status}";

    /// <summary>What became of a claim: <c>won</c>, <c>pending</c>, or the reason why it was rejected.</summary>
    public string Outcome => Word("reason") ?? Word("outcome")!;

    public Guid ClaimId => this["claimId"].GetGuid();

    public long Sequence => this["sequence"].GetInt64();

    public string Id => Word("id")!;

    public string? Word(string name) => this[name].GetString();

    public long? Number(string name) => this[name] is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;

    public override string ToString() => $"{Problem} {Text}";

    public static async Task<ApiResponse> Of(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
}
