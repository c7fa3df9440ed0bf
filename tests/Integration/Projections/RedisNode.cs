using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using StackExchange.Redis;
using TreasureHunt.Faults.Servers;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>A Redis cluster of one node for one test, with a configurable memory limit.</summary>
public sealed class RedisNode : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private RedisNode(Process process, DirectoryInfo folder, string address) => (_process, _folder, Address) = (process, folder, address);

    /// <summary>Host and port.</summary>
    public string Address { get; }

    public static async Task<RedisNode> Start()
    {
        var folder = Directory.CreateTempSubdirectory("redis");
        var (port, bus) = (Harness.Proxy.FreePort(), Harness.Proxy.FreePort());
        string[] settings =
        [
            "--bind", "127.0.0.1", "--port", Text(port), "--cluster-enabled", "yes", "--cluster-port", Text(bus), "--cluster-announce-ip",
            "127.0.0.1",
            "--dir", folder.FullName, "--save", "", "--maxmemory", "512mb", "--maxmemory-policy", "noeviction",
        ];
        var process = Process.Start(new ProcessStartInfo("redis-server", settings) { RedirectStandardOutput = true })!;
        process.BeginOutputReadLine();
        var node = new RedisNode(process, folder, $"127.0.0.1:{Text(port)}");
        await Poll.Until("the cluster of one node is formed", async () =>
        {
            try
            {
                await node.Do("CLUSTER", "ADDSLOTSRANGE", 0, 16383);
                return true;
            }
            catch (RedisConnectionException)
            {
                return false;
            }
        });
        await Poll.Until(
            "the cluster serves its slots",
            async () => ((string)(await node.Do("CLUSTER", "INFO"))!).Contains("cluster_state:ok", StringComparison.Ordinal));
        return node;
    }

    /// <summary>Sets the memory limit; one byte makes the node full.</summary>
    public Task LimitTo(string bytes) => Do("CONFIG", "SET", "maxmemory", bytes);

    /// <summary>Stops the node from answering for some milliseconds. It still receives commands, and answers them afterwards.</summary>
    public async Task PauseFor(int milliseconds)
    {
        // The client of Do waits for answers when it is closed.
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPEndPoint.Parse(Address));
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CLIENT PAUSE {Text(milliseconds)} ALL\r\n"));
        using var reader = new StreamReader(stream);
        Assert.Equal("+OK", await reader.ReadLineAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<RedisResult> Do(string command, params object[] arguments)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{Address},allowAdmin=true");
        return await redis.GetServer(Address).ExecuteAsync(command, arguments);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
