using System.Globalization;
using System.Text.Json;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>Requests with several claims.</summary>
public static class ClaimListActions
{
    public const string Ndjson = "application/x-ndjson";

    private const string Path = "/v1/claims";

    /// <summary>Posts claims as a JSON array.</summary>
    /// <param name="wait">The preferred wait of the request in seconds.</param>
    public static Task<ApiResponse> PostClaims(this ApiCaller caller, IEnumerable<object?> claims, int wait = 20) =>
        caller.Post(Path, claims, Waiting(wait));

    /// <summary>Posts a body unchanged.</summary>
    public static Task<ApiResponse> PostClaims(this ApiCaller caller, string mediaType, string body, int wait = 20) =>
        caller.PostRaw(Path, mediaType, body, Waiting(wait));

    /// <summary>Posts claims as a JSON array and returns the answers, each as its status and its outcome, reason or problem.</summary>
    public static async Task<string[]> ResultsOf(this ApiCaller caller, params object?[] claims) =>
        [.. (await caller.PostClaims(claims)).Lines().Select(line => line.Result)];

    /// <summary>Returns the answers to the claims of a request, whose lines are numbered from 1.</summary>
    public static IReadOnlyList<LineAnswer> Lines(this ApiResponse response)
    {
        Assert.Equal("200", response.Problem);
        var lines = response.MediaType == Ndjson
            ? response.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            : response.Json.EnumerateArray();
        var answers = lines.Select(line => new LineAnswer(line)).ToList();
        Assert.Equal(Enumerable.Range(1, answers.Count), answers.Select(answer => answer.Line));
        return answers;
    }

    private static (string, string) Waiting(int seconds) => ("Prefer", $"wait={seconds.ToString(CultureInfo.InvariantCulture)}");
}

/// <summary>The answer to one of several claims.</summary>
public sealed record LineAnswer(JsonElement Json)
{
    public int Line => Json.GetProperty("line").GetInt32();

    /// <summary>The status, and the outcome, the reason of the rejection, or the name of the problem, such as <c>200 won</c>.</summary>
    public string Result => Json.GetProperty("problem") is { ValueKind: JsonValueKind.Object } problem
        ? $"{Status} {problem.GetProperty("type").GetString()!.Replace(ProblemNames.UrnPrefix, "", StringComparison.Ordinal)}"
        : $"{Status} {Claim.GetProperty("reason").GetString() ?? Claim.GetProperty("outcome").GetString()}";

    public JsonElement Claim => Json.GetProperty("claim");

    public JsonElement Problem => Json.GetProperty("problem");

    public Guid ClaimId => Claim.GetProperty("claimId").GetGuid();

    public bool IsReplayed => Json.GetProperty("isReplayed").GetBoolean();

    private int Status => Json.GetProperty("status").GetInt32();

    public override string ToString() => Json.GetRawText();
}
