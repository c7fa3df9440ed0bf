namespace TreasureHunt.Platform.Hosting;

/// <summary>Lets a container ask its own host how it is, where the image has no other means to: <c>--health</c>.</summary>
public static class HealthProbe
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Whether this process was only started to ask.</summary>
    public static bool IsAsked(string[] args) => args is ["--health"];

    /// <summary>Exit code 0 when the host on <c>ASPNETCORE_URLS</c> is ready, else 1.</summary>
    public static async Task<int> AskAsync()
    {
        var url = (Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "http://127.0.0.1:8080").Split(';')[0];
        var host = new UriBuilder(
            url.Replace("://+", "://127.0.0.1", StringComparison.Ordinal).Replace("://*", "://127.0.0.1", StringComparison.Ordinal));
        host.Host = host.Host == "0.0.0.0" ? "127.0.0.1" : host.Host;
        host.Path = "/health/ready";
        using var client = new HttpClient { Timeout = RequestTimeout };
        try
        {
            using var answer = await client.GetAsync(host.Uri);
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }
}
