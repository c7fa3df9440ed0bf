using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace TreasureHunt.Faults.Servers;

/// <summary>HTTP calls to RabbitMQ's management API.</summary>
internal sealed class ManagementApi : IDisposable
{
    private readonly HttpClient _http;

    public ManagementApi(Uri address)
    {
        var root = new UriBuilder(address.GetLeftPart(UriPartial.Authority)) { UserName = "", Password = "" }.Uri;
        _http = new HttpClient { BaseAddress = root, Timeout = TimeSpan.FromSeconds(15) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));
    }

    public void Dispose() => _http.Dispose();

    public Task<JsonElement> Get(string path) => _http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    public async Task<JsonElement[]> List(string path) =>
        await _http.GetFromJsonAsync<JsonElement[]>(new Uri(path, UriKind.Relative)) ?? [];

    public async Task Put(string path, object body)
    {
        using var response = await _http.PutAsJsonAsync(new Uri(path, UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
    }

    /// <returns>The body of the response.</returns>
    public async Task<string> Post(string path, object body)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Deletes an object, if it exists.</summary>
    public async Task Delete(string path)
    {
        using var response = await _http.DeleteAsync(new Uri(path, UriKind.Relative));
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            response.EnsureSuccessStatusCode();
        }
    }
}
