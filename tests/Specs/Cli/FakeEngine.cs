using System.Net;
using System.Text;

namespace TreasureHunt.Specs.Cli;

/// <summary>
/// Gives its answers one after the other, the last one again and again. Status 0 is a connection that breaks; so is the end of
/// a body that ends in "✂".
/// </summary>
internal sealed class FakeEngine(params (int Status, string Body)[] answers) : HttpMessageHandler
{
    /// <summary>Method, path and query of every request.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Where every request went.</summary>
    public List<string> Hosts { get; } = [];

    /// <summary>The headers and the body that matter, of every request.</summary>
    public List<string> Sent { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (status, body) = answers[Math.Min(Asked.Count, answers.Length - 1)];
        var content = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Hosts.Add(request.RequestUri!.Authority);
        Asked.Add($"{request.Method} {request.RequestUri.PathAndQuery}");
        Sent.Add($"{request.Headers.Authorization} {Header("Idempotency-Key")} {Header("Prefer")} {content}");
        if (status == 0)
        {
            throw new HttpRequestException(body);
        }

        return new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = body.EndsWith('✂')
                ? new StreamContent(new TornStream(body[..^1])) : new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { Location = status == 202 ? new Uri("/v1/claims/at-location", UriKind.Relative) : null },
        };

        string Header(string name) => request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
    }

    private sealed class TornStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The connection broke.");
    }
}
