using System.Net.Http.Headers;

namespace TreasureHunt.Cli.Engine;

/// <summary>Puts a token on every request, a fresh one every ten minutes.</summary>
internal sealed class TokenRenewal(HttpMessageHandler inner, Func<string> make, TimeProvider timeProvider) : DelegatingHandler(inner)
{
    private static readonly TimeSpan Renewed = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private string? _token;
    private long _made;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        return base.SendAsync(request, cancellationToken);
    }

    private string Token()
    {
        lock (_gate)
        {
            if (_token is null || timeProvider.GetElapsedTime(_made) > Renewed)
            {
                (_token, _made) = (make(), timeProvider.GetTimestamp());
            }

            return _token;
        }
    }
}
