using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Http.Resilience;

namespace TreasureHunt.LoadGenerator.Http;

/// <summary>
/// Sends the commands and queries of an administrator. Commands carry an idempotency key, so commands and queries are repeated until they
/// succeed, are refused, or <see cref="AdminRetries.Timeout"/> has passed.
/// </summary>
public sealed class AdminApiClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _operators;

    /// <param name="url">The site, which takes commands under <c>/v1</c>.</param>
    /// <param name="operators">The operators' port, which serves <c>/admin</c>.</param>
    /// <param name="adminToken">Makes a token. A token is valid for an hour, and a run may take longer.</param>
    public AdminApiClient(Uri url, Uri operators, Func<string> adminToken, TimeProvider timeProvider)
        : this(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }, url, operators, adminToken, timeProvider)
    {
    }

    public AdminApiClient(HttpMessageHandler handler, Uri url, Uri operators, Func<string> adminToken, TimeProvider timeProvider)
    {
        _operators = operators;
        _http = new HttpClient(new ResilienceHandler(request => AdminRetries.PipelineOf(request, timeProvider))
        {
            InnerHandler = new BufferingHandler(new TokenRenewal(handler, adminToken, timeProvider)),
        })
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromMinutes(5),
        };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends one request to find out at once whether the engine is up.</summary>
    /// <exception cref="LoadException">The engine does not answer.</exception>
    public async Task EnsureReachableAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/v1/hunts", UriKind.Relative), cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new LoadException($"{_http.BaseAddress} does not answer: is the engine up? ({exception.Message})", exception);
        }
    }

    /// <summary>Sends an admin command and waits until it is recorded.</summary>
    /// <exception cref="LoadException">The engine refuses the command, or it failed for too long.</exception>
    public async Task CommandAsync(string path, string key, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(path));
        request.Headers.Add("Idempotency-Key", key);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await SendWithRetriesAsync(request, path, cancellationToken);
    }

    /// <exception cref="LoadException">The engine refuses the query, or it failed for too long.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(path));
        using var response = await SendWithRetriesAsync(request, path, cancellationToken);
        return await response.ReadAsync<T>(cancellationToken);
    }

    /// <summary>Sends a request once, because a second one might repeat its effect.</summary>
    /// <exception cref="LoadException">The engine refuses the request or does not answer.</exception>
    public async Task<T> PostOnceAsync<T>(string path, object body, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync(AddressOf(path), body, cancellationToken);
            return response.IsSuccessStatusCode
                ? await response.ReadAsync<T>(cancellationToken)
                : throw new LoadException($"POST {path} was refused: {await response.DescribeAsync(cancellationToken)}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new LoadException($"POST {path} failed: {exception.Message}", exception);
        }
    }

    /// <summary>Sends a query once. Returns null when the engine does not answer it.</summary>
    public async Task<T?> TryGetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var response = await _http.GetAsync(AddressOf(path), cancellationToken);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<T>(cancellationToken) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads an NDJSON response line by line.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(AddressOf(path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
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

    private Uri AddressOf(string path) =>
        path.StartsWith("/admin/", StringComparison.Ordinal) ? new Uri(_operators, path) : new Uri(path, UriKind.Relative);

    private async Task<HttpResponseMessage> SendWithRetriesAsync(
        HttpRequestMessage request, string path, CancellationToken cancellationToken)
    {
        AdminRetries.Enable(request);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Failed(exception.Message, exception);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var description = await response.DescribeAsync(cancellationToken);
            throw AdminRetries.IsTransient(response.StatusCode)
                ? Failed(description, null)
                : new LoadException($"{request.Method} {path} was refused: {description}");
        }

        LoadException Failed(string description, Exception? cause) =>
            new($"{request.Method} {path} failed for {(int)AdminRetries.Timeout.TotalSeconds} s: {description}", cause);
    }
}
