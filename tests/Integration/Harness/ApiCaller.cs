using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TreasureHunt.Integration.Harness;

/// <summary>A caller with or without a token, and the host process that it calls.</summary>
public sealed record ApiCaller(Engine Engine, string Host, string? Token)
{
    public Task<ApiResponse> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    /// <summary>Posts a body as JSON, or no body when it is null.</summary>
    public Task<ApiResponse> Post(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body is null ? null : Json(body), headers);

    /// <summary>A body with its length; <c>JsonContent</c> sends chunks, which the fast route of claims does not take.</summary>
    public static HttpContent Json(object body) =>
        new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");

    /// <summary>Posts a body unchanged.</summary>
    public Task<ApiResponse> PostRaw(string path, string contentType, string body, params (string Name, string Value)[] headers)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return Send(HttpMethod.Post, path, content, headers);
    }

    public async Task<ApiResponse> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        await this.PrepareRoute(path);
        using var request = new HttpRequestMessage(method, new Uri(Engine.Host(Host).Url, path)) { Content = content };
        request.Headers.Authorization = Token is null ? null : new AuthenticationHeaderValue("Bearer", Token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Engine.Http.SendAsync(request);
        return await ApiResponse.Of(response);
    }

    /// <summary>Returns the same caller of another host.</summary>
    public ApiCaller At(string host) => this with { Host = host };
}
