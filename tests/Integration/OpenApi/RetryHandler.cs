using System.Net;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>Retries requests that a busy machine refuses. Every request is idempotent.</summary>
internal sealed class RetryHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) => Poll.For($"{request.RequestUri} is answered", async () =>
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
        {
            return answer;
        }

        answer.Dispose();
        return null;
    });
}
