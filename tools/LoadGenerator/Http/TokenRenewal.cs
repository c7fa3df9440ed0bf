using System.Net.Http.Headers;

namespace TreasureHunt.LoadGenerator.Http;

/// <summary>Adds a token to every request, and makes a new one every ten minutes.</summary>
internal sealed class TokenRenewal(HttpMessageHandler inner, Func<string> make, TimeProvider timeProvider) : DelegatingHandler(inner)
{
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private string? _token;
    private long _madeAt;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        return base.SendAsync(request, cancellationToken);
    }

    private string Token()
    {
        lock (_lock)
        {
            if (_token is null || timeProvider.GetElapsedTime(_madeAt) > RenewalInterval)
            {
                (_token, _madeAt) = (make(), timeProvider.GetTimestamp());
            }

            return _token;
        }
    }
}
