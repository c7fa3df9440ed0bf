using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TreasureHunt.Cli.Engine;

/// <summary>What an admin asks of the engine. Commands carry a key, so each is repeated until it is answered, or its deadline passes.</summary>
public sealed class AdminApiClient : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http;
    private readonly Uri _operators;
    private readonly TimeProvider _time;

    /// <param name="url">The site, which takes commands under <c>/v1</c>.</param>
    /// <param name="operators">The operators' port, which answers below <c>/admin</c>.</param>
    /// <param name="adminToken">Makes a token: those of administrators live for an hour, and a run may take longer.</param>
    public AdminApiClient(Uri url, Uri operators, Func<string> adminToken, TimeProvider time)
        : this(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }, url, operators, adminToken, time)
    {
    }

    public AdminApiClient(HttpMessageHandler handler, Uri url, Uri operators, Func<string> adminToken, TimeProvider time)
    {
        _time = time;
        _operators = operators;
        _http = new HttpClient(new TokenRenewal(handler, adminToken, time))
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromMinutes(5),
        };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Makes sure that somebody is there, rather than trying for a minute.</summary>
    public async Task EnsureReachableAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/v1/hunts", UriKind.Relative), cancellation);
        }
        catch (HttpRequestException exception)
        {
            throw new CliException($"Nobody answers at {_http.BaseAddress}: is the engine up? ({exception.Message})", exception);
        }
    }

    /// <summary>Sends an admin command and waits until it is recorded.</summary>
    public Task CommandAsync(string path, string key, object? body, CancellationToken cancellation) =>
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
            cancellation);

    public Task<T> GetAsync<T>(string path, CancellationToken cancellation) =>
        InsistAsync(
            $"GET {path}",
            () => new HttpRequestMessage(HttpMethod.Get, Place(path)),
            static async (content, cancellation) => await content.ReadFromJsonAsync<T>(cancellation)
                ?? throw new JsonException("The answer is null."),
            cancellation);

    /// <summary>Asks for something once, since asking twice might do it twice.</summary>
    /// <exception cref="CliException">The engine refuses, or nobody answers.</exception>
    public async Task<T> AskAsync<T>(string path, object body, CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync(Place(path), body, cancellation);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<T>(cancellation) ?? throw new JsonException("The answer is null.")
                : throw new CliException($"POST {path} was refused: {await DescribeAsync(response, cancellation)}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            throw new CliException($"POST {path} had no good answer: {exception.Message}", exception);
        }
    }

    /// <summary>Asks once; null when there is no (usable) answer now.</summary>
    public async Task<T?> TryGetAsync<T>(string path, CancellationToken cancellation)
        where T : class
    {
        try
        {
            using var response = await _http.GetAsync(Place(path), cancellation);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<T>(cancellation) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads an NDJSON answer line by line.</summary>
    public async IAsyncEnumerable<string> LinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(Place(path), HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length > 0)
                yield return line;
        }
    }

    private Uri Place(string path) =>
        path.StartsWith("/admin/", StringComparison.Ordinal) ? new Uri(_operators, path) : new Uri(path, UriKind.Relative);

    private async Task<T> InsistAsync<T>(
        string what,
        Func<HttpRequestMessage> request,
        Func<HttpContent, CancellationToken, Task<T>> read,
        CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            string trouble;
            try
            {
                using var message = request();
                using var response = await _http.SendAsync(message, cancellation);
                if (response.IsSuccessStatusCode)
                    return await read(response.Content, cancellation);

                trouble = await DescribeAsync(response, cancellation);
                if (response.StatusCode is < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
                    throw new CliException($"{what} was refused: {trouble}");
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
            {
                trouble = exception.Message;
            }

            if (_time.GetElapsedTime(started) > RequestTimeout)
                throw new CliException(string.Create(CultureInfo.InvariantCulture, $"{what} had no good answer for {RequestTimeout.TotalSeconds:0} s: {trouble}"));
            await Task.Delay(RetryInterval, _time, cancellation);
        }
    }

    private static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return $"{(int)response.StatusCode} {(text.Length > 400 ? text[..400] + "…" : text)}".TrimEnd();
    }
}
