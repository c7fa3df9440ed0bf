using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>HAProxy with the system's own configuration, in front of the hosts of a test.</summary>
public sealed class Proxy : IDisposable
{
    private readonly Process _process;

    private Proxy(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <param name="first">Where its first Api is; the second follows.</param>
    /// <param name="atOnce">Claims, and reads, that it lets in at once; null for what it usually does.</param>
    public static async Task<Proxy> Start(HttpClient http, Uri first, Uri second, int? atOnce = null)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("haproxy", ["-db", "-f", HostProcess.PathOf("deploy/haproxy/haproxy.cfg")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, place) in new[] { ("SITE", url), ("API_1", first), ("API_2", second), ("PROJECTIONS", second) })
        {
            start.Environment[$"HUNT_{name}"] = place.Authority;
        }

        if (atOnce is not null)
        {
            start.Environment["HUNT_CLAIMS"] = start.Environment["HUNT_ACCEPTS"] = start.Environment["HUNT_READS"] = $"{atOnce}";
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var proxy = new Proxy(process, url);
        await Until.True("the proxy answers", async () =>
        {
            using var answer = await http.GetAsync(new Uri(url, "/health"));
            return answer.StatusCode == HttpStatusCode.NotFound;
        });
        return proxy;
    }

    /// <summary>Asks for a path, as the holder of a token or as nobody.</summary>
    public Task<Answer> Get(HttpClient http, string path, string? token = null) => Send(http, HttpMethod.Get, path, token);

    /// <summary>Posts without a body.</summary>
    public Task<Answer> Post(HttpClient http, string path, string token) => Send(http, HttpMethod.Post, path, token);

    private async Task<Answer> Send(HttpClient http, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, path));
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var response = await http.SendAsync(request);
        return await Answer.Of(response);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
