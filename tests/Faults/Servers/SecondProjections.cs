using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TreasureHunt.Faults.Servers;

/// <summary>A second Projections process beside the set's own. It waits to become the leader.</summary>
internal sealed class SecondProjections : IAsyncDisposable
{
    private readonly Process _process;

    private SecondProjections(Process process) => _process = process;

    public static async Task<SecondProjections> Start(HuntSet set)
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(set.Root, "src", "Projections", "bin", "Release", "net10.0", "TreasureHunt.Projections.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[ServerAddresses.RabbitMq] = ServerAddresses.Setting(ServerAddresses.BrokerForProjections);
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var second = new SecondProjections(process);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(2) };
        await Poll.Until("the second Projections process is ready", async () =>
        {
            using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        });
        return second;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
