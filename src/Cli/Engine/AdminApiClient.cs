using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TreasureHunt.Cli.Engine;

/// <summary>
/// What an admin asks of the engine. Commands carry a key, so each is repeated until it is answered, or its deadline passes.
/// </summary>
public sealed class AdminApiClient : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http;
    private readonly Uri _operators;
    private readonly TimeProvider _timeProvider;

    /// <param name="url">The site, which takes commands under <c>/v1</c>.</param>
    /// <param name="operators">The operators' port, which answers below <c>/admin</c>.</param>
    /// <param name="adminToken">Makes a token: those of administrators live for an hour, and a run may take longer.</param>
    public AdminApiClient(Uri url, Uri operators, Func<string> adminToken, TimeProvider timeProvider)
        : this(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }, url, operators, adminToken, timeProvider)
    {
    }

    public AdminApiClient(HttpMessageHandler handler, Uri url, Uri operators, Func<string> adminToken, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _operators = operators;
        _http = new HttpClient(new TokenRenewal(handler, adminToken, timeProvider))
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromMinutes(5),
        };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Makes sure that somebody is there, rather than trying for a minute.</summary>
    public async Task EnsureReachableAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/v1/hunts", UriKind.Relative), cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new CliException($"Nobody answers at {_http.BaseAddress}: is the engine up? ({exception.Message})", exception);
        }
    }

    /// <summary>Sends an admin command and waits until it is recorded.</summary>
    public Task CommandAsync(string path, string key, object? body, CancellationToken cancellationToken) =>
        InsistAsync(
            $"POST {path}",
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, Place(path));
                request.Headers.Add("Idempotency-Key", key);
                request.Content = body is null ? null : JsonContent.Create(body);
                return request;
            },
            static (_, _) => Task.FromResult(true),
            cancellationToken);

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        InsistAsync(
            $"GET {path}",
            () => new HttpRequestMessage(HttpMethod.Get, Place(path)),
            static async (content, cancellation) => await content.ReadFromJsonAsync<T>(cancellation)
                ?? throw new JsonException("The answer is null."),
            cancellationToken);

    /// <summary>Asks for something once, since asking twice might do it twice.</summary>
    /// <exception cref="CliException">The engine refuses, or nobody answers.</exception>
    public async Task<T> AskAsync<T>(string path, object body, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync(Place(path), body, cancellationToken);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<T>(cancellationToken) ?? throw new JsonException("The answer is null.")
                : throw new CliException($"POST {path} was refused: {await DescribeAsync(response, cancellationToken)}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            throw new CliException($"POST {path} had no good answer: {exception.Message}", exception);
        }
    }

    /// <summary>Asks once; null when there is no (usable) answer now.</summary>
    public async Task<T?> TryGetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var response = await _http.GetAsync(Place(path), cancellationToken);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<T>(cancellationToken) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads an NDJSON answer line by line.</summary>
    public async IAsyncEnumerable<string> LinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(Place(path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    private Uri Place(string path) =>
        path.StartsWith("/admin/", StringComparison.Ordinal) ? new Uri(_operators, path) : new Uri(path, UriKind.Relative);

    private async Task<T> InsistAsync<T>(
        string what,
        Func<HttpRequestMessage> request,
        Func<HttpContent, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        var started = _timeProvider.GetTimestamp();
        while (true)
        {
            string trouble;
            try
            {
                using var message = request();
                using var response = await _http.SendAsync(message, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return await read(response.Content, cancellationToken);
                }

                trouble = await DescribeAsync(response, cancellationToken);
                if (response.StatusCode is < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
                {
                    throw new CliException($"{what} was refused: {trouble}");
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
            {
                trouble = exception.Message;
            }

            if (_timeProvider.GetElapsedTime(started) > RequestTimeout)
            {
                throw new CliException(
                    string.Create(
                        CultureInfo.InvariantCulture, $"{what} had no good answer for {RequestTimeout.TotalSeconds:0} s: {trouble}"));
            }

            await Task.Delay(RetryInterval, _timeProvider, cancellationToken);
        }
    }

    private static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return $"{(int)response.StatusCode} {(text.Length > 400 ? text[..400] + "…" : text)}".TrimEnd();
    }
}
