using System.Diagnostics;
using System.Globalization;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>Stops and starts the broker that all tests share. Only tests of the exclusive collection use it.</summary>
internal static class BrokerNode
{
    private static string Set => Environment.GetEnvironmentVariable("HUNT_RUN_DIR") is { Length: > 0 } folder
        ? folder
        : throw new InvalidOperationException("HUNT_RUN_DIR is not set: only a broker that './hunt' started can be stopped.");

    /// <summary>Stops the node and waits until its process has ended.</summary>
    public static async Task Stop()
    {
        var record = await File.ReadAllTextAsync(Path.Combine(Set, "pids", "rabbitmq"));
        using var node = Process.GetProcessById(int.Parse(record.Split(' ')[0], CultureInfo.InvariantCulture));
        using var kill = Process.Start("kill", ["-TERM", node.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await node.WaitForExitAsync().WaitAsync(Poll.Timeout);
    }

    /// <summary>Starts the node again, on the same ports and with its data.</summary>
    public static async Task Start()
    {
        var start = new ProcessStartInfo(
            RepositoryFiles.PathOf("hunt"), ["servers", "up", "--name", Path.GetFileName(Set)])
        { RedirectStandardError = true };
        using var hunt = Process.Start(start)!;
        var output = await hunt.StandardError.ReadToEndAsync();
        await hunt.WaitForExitAsync().WaitAsync(Poll.Timeout);
        if (hunt.ExitCode != 0)
        {
            throw new InvalidOperationException($"The broker does not start:\n{output}");
        }
    }
}
