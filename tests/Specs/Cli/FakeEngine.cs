using System.Net;
using System.Text;

namespace TreasureHunt.Specs.Cli;

/// <summary>
/// Returns the given responses in order and repeats the last one. Status 0 is a broken connection. A body that ends with "✂" breaks
/// the connection at its end.
/// </summary>
internal sealed class FakeEngine(params (int Status, string Body)[] responses) : HttpMessageHandler
{
    /// <summary>Method, path and query of every request.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Host and port of every request.</summary>
    public List<string> Hosts { get; } = [];

    /// <summary>The Authorization, Idempotency-Key and Prefer headers and the body of every request.</summary>
    public List<string> Contents { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (status, body) = responses[Math.Min(Requests.Count, responses.Length - 1)];
        var content = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Hosts.Add(request.RequestUri!.Authority);
        Requests.Add($"{request.Method} {request.RequestUri.PathAndQuery}");
        Contents.Add($"{request.Headers.Authorization} {Header("Idempotency-Key")} {Header("Prefer")} {content}");
        if (status == 0)
        {
            throw new HttpRequestException(body);
        }

        return new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = body.EndsWith('✂')
                ? new StreamContent(new InterruptedStream(body[..^1])) : new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { Location = status == 202 ? new Uri("/v1/claims/at-location", UriKind.Relative) : null },
        };

        string Header(string name) => request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
    }

    private sealed class InterruptedStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The connection broke.");
    }
}
