using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Claims;

/// <summary><c>POST /v1/claims</c>: several claims in one request.</summary>
public sealed class PostClaims(ClaimLineHandler handler, TimeProvider timeProvider)
{
    /// <summary>How long the body may take. A slower one would hold a concurrency slot of the edge proxy.</summary>
    private static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(10);

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

        if (http.Request.ContentLength > ClaimList.MaxBytes)
        {
            // The body is not read, so no other request can follow on this connection. The header tells the client.
            http.Response.Headers.Connection = "close";
            return ProblemResults.Of(ProblemNames.BodyTooLarge, $"A request with several claims has at most {ClaimList.MaxBytes} bytes.");
        }

        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        using var timeout = new CancellationTokenSource(BodyTimeout, timeProvider);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, http.RequestAborted);
        try
        {
            await http.Request.Body.CopyToAsync(body, reading.Token);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            http.Response.Headers.Connection = "close";
            return ProblemResults.Of(ProblemNames.RequestTimeout);
        }

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
