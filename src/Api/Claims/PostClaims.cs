using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Claims;

/// <summary><c>POST /v1/claims</c>: several claims in one request.</summary>
public sealed class PostClaims(ClaimLineHandler handler)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var (caller, problem) = ClaimingCaller.Of(http.User);
        if (caller is null)
        {
            return ProblemResults.Of(problem!);
        }

        var isNdjson = ClaimLinesResult.IsNdjson(http.Request);
        if (!isNdjson && !http.Request.HasJsonContentType())
        {
            return ProblemResults.Of(ProblemNames.UnsupportedMediaType, $"The body must be application/json or {ClaimList.Ndjson}.");
        }

        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        (var lines, problem) = isNdjson ? ClaimList.ReadNdjson(bytes) : ClaimList.ReadArray(bytes.Span);
        if (problem is not null)
        {
            return ProblemResults.Of(problem);
        }

        var wait = PreferWaitHeader.WaitOf(http.Request);
        var submitted = await handler.SubmitAsync(http, caller, lines, wait, isStream: false);
        if (submitted.HasWaited)
        {
            PreferWaitHeader.Apply(http, wait);
        }

        return new ClaimLinesResult([.. submitted.Results.Select((result, n) => ClaimLineResponse.Of(n + 1, result))], isNdjson);
    }
}
