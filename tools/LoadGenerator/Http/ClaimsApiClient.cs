using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace TreasureHunt.LoadGenerator.Http;

/// <summary>
/// Sends claims and queries for their outcomes. The client shares the machine with the servers, so it costs little: no tracing headers, no
/// buffering, prepared requests.
/// </summary>
public sealed class ClaimsApiClient(HttpMessageHandler handler) : IDisposable
{
    /// <summary>The time that the engine may take beyond the requested wait.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    private readonly HttpMessageInvoker _http = new(handler);

    public ClaimsApiClient()
        : this(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            UseCookies = false,
            UseProxy = false,
        })
    {
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a claim and waits for its outcome, at most <paramref name="wait"/>.</summary>
    public Task<ClaimReply> ClaimAsync(ClaimCall claim, TimeSpan wait, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, claim.Url);
        request.Headers.TryAddWithoutValidation("Authorization", claim.Bearer);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", claim.Key);
        request.Headers.TryAddWithoutValidation("Prefer", Prefer(wait));
        if (claim.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = JsonType;
        }

        return SendAsync(request, wait + ResponseTimeout, cancellationToken);
    }

    /// <summary>Queries the outcome of a claim.</summary>
    public Task<ClaimReply> GetOutcomeAsync(Uri location, string bearer, TimeSpan wait, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, location);
        request.Headers.TryAddWithoutValidation("Authorization", bearer);
        if (wait > TimeSpan.Zero)
        {
            request.Headers.TryAddWithoutValidation("Prefer", Prefer(wait));
        }

        return SendAsync(request, wait + ResponseTimeout, cancellationToken);
    }

    private static string Prefer(TimeSpan wait) => wait.TotalSeconds switch
    {
        5 => "wait=5",
        10 => "wait=10",
        var seconds => string.Create(CultureInfo.InvariantCulture, $"wait={seconds:0}"),
    };

    private async Task<ClaimReply> SendAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            using var response = await _http.SendAsync(request, deadline.Token);
            return await ReadAsync(response, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ClaimReply.Unknown("no-answer-in-time");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return ClaimReply.Unknown("connection-lost");
        }
        finally
        {
            request.Dispose();
        }
    }

    private static async Task<ClaimReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = 0;
            while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
            }

            var reply = ClaimReply.Read(response.StatusCode, buffer.AsSpan(0, length));
            return reply.Kind is ClaimReplyKind.Decided or ClaimReplyKind.Refused
                ? reply
                : reply with
                {
                    RetryAfter = reply.RetryAfter ?? response.Headers.RetryAfter?.Delta,
                    Location = response.Headers.Location,
                };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
