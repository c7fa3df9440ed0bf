using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Integration.Harness;

/// <summary>Somebody with a token, or without one, who talks to one process of the engine.</summary>
public sealed record Caller(Engine Engine, string Host, string? Token)
{
    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    /// <summary>Posts a body as JSON, or none.</summary>
    public Task<Answer> Post(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), headers);

    /// <summary>Posts a body as it is.</summary>
    public Task<Answer> PostRaw(string path, string contentType, string body, params (string Name, string Value)[] headers)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return Send(HttpMethod.Post, path, content, headers);
    }

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Engine.Host(Host).Url, path)) { Content = content };
        request.Headers.Authorization = Token is null ? null : new AuthenticationHeaderValue("Bearer", Token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Engine.Http.SendAsync(request);
        return await Answer.Of(response);
    }

    /// <summary>The same caller at another door.</summary>
    public Caller At(string host) => this with { Host = host };
}

/// <summary>Makes callers.</summary>
public static class Callers
{
    public static Caller Nobody(this Engine engine, string host = "api-1") => new(engine, host, null);

    public static Caller Player(this Engine engine, string player, string host = "api-1") => new(engine, host, Token("treasure-hunt-player", player));

    public static Caller Admin(this Engine engine, string host = "api-1") => new(engine, host, Token("treasure-hunt-admin", "admin"));

    /// <summary>A token like those that a shop issues.</summary>
    public static string Token(string audience, string subject, string? issuer = null, string? key = null, TimeSpan? life = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Servers.Issuer,
            Audience = audience,
            NotBefore = now.AddHours(-2),
            Expires = now + (life ?? TimeSpan.FromHours(1)),
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = subject },
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(key ?? Servers.SigningKey)), SecurityAlgorithms.HmacSha256),
        });
    }
}
