using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;

namespace TreasureHunt.Integration.Harness;

/// <summary>Somebody with a token, or without one, who talks to one process of the engine.</summary>
public sealed record ApiCaller(Engine Engine, string Host, string? Token)
{
    public Task<ApiResponse> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    /// <summary>Posts a body as JSON, or none.</summary>
    public Task<ApiResponse> Post(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), headers);

    /// <summary>Posts a body as it is.</summary>
    public Task<ApiResponse> PostRaw(string path, string contentType, string body, params (string Name, string Value)[] headers)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return Send(HttpMethod.Post, path, content, headers);
    }

    public async Task<ApiResponse> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Engine.Host(Host).Url, path)) { Content = content };
        request.Headers.Authorization = Token is null ? null : new AuthenticationHeaderValue("Bearer", Token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Engine.Http.SendAsync(request);
        return await ApiResponse.Of(response);
    }

    /// <summary>The same caller at another door.</summary>
    public ApiCaller At(string host) => this with { Host = host };
}

/// <summary>Makes callers.</summary>
public static class ApiCallers
{
    public static ApiCaller Nobody(this Engine engine, string host = "api-1") => new(engine, host, null);

    public static ApiCaller Player(this Engine engine, string player, string host = "api-1") =>
        new(engine, host, Token(Audiences.Player, player));

    public static ApiCaller Admin(this Engine engine, string host = "api-1", string subject = "admin") =>
        new(engine, host, Administrator(subject, [.. Scopes.All]));

    /// <param name="prefix">What the ids of its players begin with.</param>
    public static ApiCaller Storefront(this Engine engine, string prefix, string host = "api-1") =>
        new(engine, host, Token(Audiences.Storefront, "shop", token => token.Claims["players"] = prefix));

    /// <summary>An administrator's token with these scopes.</summary>
    public static string Administrator(string subject, params string[] scopes) =>
        Token(Audiences.Administrator, subject, token => token.Claims["scope"] = string.Join(' ', scopes));

    /// <summary>A token of the audience's own issuer.</summary>
    /// <param name="change">Makes another of it.</param>
    public static string Token(string audience, string subject, Action<SecurityTokenDescriptor>? change = null) =>
        Issuers.Of(audience).Token(audience, subject, change);
}
