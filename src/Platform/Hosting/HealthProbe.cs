namespace TreasureHunt.Platform.Hosting;

/// <summary>The health check of a container whose image has no HTTP client: <c>--health</c>.</summary>
public static class HealthProbe
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Whether this process is a health check, not a host.</summary>
    public static bool IsRequested(string[] args) => args is ["--health"];

    /// <summary>Requests <c>/health/ready</c> of the host on <c>ASPNETCORE_URLS</c>.</summary>
    /// <returns>Exit code 0 when the host is ready, else 1.</returns>
    public static async Task<int> RunAsync()
    {
        var url = (Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "http://127.0.0.1:8080").Split(';')[0];
        var host = new UriBuilder(
            url.Replace("://+", "://127.0.0.1", StringComparison.Ordinal).Replace("://*", "://127.0.0.1", StringComparison.Ordinal));
        host.Host = host.Host == "0.0.0.0" ? "127.0.0.1" : host.Host;
        host.Path = "/health/ready";
        using var client = new HttpClient { Timeout = RequestTimeout };
        try
        {
            using var response = await client.GetAsync(host.Uri);
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }
}
