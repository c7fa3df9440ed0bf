using System.Diagnostics;
using System.Globalization;

namespace TreasureHunt.Faults.Servers;

/// <summary>
/// The set of servers and hosts that <c>./hunt</c> runs for the suite. The suite signals the processes by name and restarts them with
/// <c>./hunt</c>.
/// </summary>
/// <param name="folder">The set's folder, which has the set's name.</param>
public sealed class HuntSet(string folder)
{
    private const string UrlVariable = "ASPNETCORE_URLS=";

    public static readonly IReadOnlyList<string> Hosts = ["api-1", "api-2", "commands-1", "commands-2", "projections"];

    /// <summary>All servers and hosts.</summary>
    public static readonly IReadOnlyList<string> Processes =
    [
        "postgres", "rabbitmq", "redis-locks-1", "redis-locks-2", "redis-locks-3", "redis-read-models-1", "redis-read-models-2",
        "redis-read-models-3", "memcached", "haproxy", .. Hosts,
    ];

    private readonly string _name = Path.GetFileName(folder);

    public string Root { get; } = Path.GetFullPath(Path.Combine(folder, "..", ".."));

    /// <summary>The process id of a server or host.</summary>
    public int PidOf(string name) =>
        int.Parse(File.ReadAllText(Path.Combine(folder, "pids", name)).Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>The address of a host, from its environment.</summary>
    public Uri UrlOf(string host) =>
        new(File.ReadAllText($"/proc/{PidOf(host)}/environ").Split('\0').First(
            setting => setting.StartsWith(UrlVariable, StringComparison.Ordinal))[UrlVariable.Length..]);

    /// <summary>The last lines of the log of a process.</summary>
    public IEnumerable<string> ReadLog(string name, int lines) =>
        File.ReadLines(Path.Combine(folder, "log", $"{name}.log")).TakeLast(lines);

    /// <summary>Sends SIGKILL and waits until the processes have ended.</summary>
    public async Task Kill(params string[] names)
    {
        var pids = names.Select(PidOf).ToList();
        await Signal("KILL", names);
        await Poll.Until(
            $"the processes {string.Join(' ', names)} have ended", () => pids.TrueForAll(pid => !Directory.Exists($"/proc/{pid}")));
    }

    /// <summary>Sends SIGSTOP.</summary>
    public Task Freeze(params string[] names) => Signal("STOP", names);

    /// <summary>Sends SIGCONT to those that still run.</summary>
    public Task Unfreeze(params string[] names) => Signal("CONT", [.. names.Where(IsRunning)]);

    public bool IsRunning(string name) => File.Exists(Path.Combine(folder, "pids", name)) && Directory.Exists($"/proc/{PidOf(name)}");

    /// <summary>Starts every server and host that does not run.</summary>
    public async Task StartMissing()
    {
        await RunHunt(["servers", "up"]);
        await RunHunt(["hosts", "start"]);
    }

    /// <summary>Restarts hosts. The given settings replace the set's.</summary>
    public async Task Restart(string[] hosts, params (string Name, string Value)[] settings)
    {
        await RunHunt(["hosts", "stop", .. hosts]);
        await RunHunt(["hosts", "start", .. hosts], settings);
    }

    /// <summary>Runs <c>./hunt</c> on this set.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public async Task RunHunt(string[] arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(
            Path.Combine(Root, "hunt"), [.. arguments, "--name", _name])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var hunt = Process.Start(start)!;
        // Processes that ./hunt starts do not inherit these pipes, so they end with ./hunt.
        var output = await Task.WhenAll(hunt.StandardOutput.ReadToEndAsync(), hunt.StandardError.ReadToEndAsync());
        await hunt.WaitForExitAsync();
        if (hunt.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"./hunt {string.Join(' ', arguments)} ended with {hunt.ExitCode}: {string.Join('\n', output)}");
        }
    }

    private async Task Signal(string signal, string[] names)
    {
        if (names.FirstOrDefault(name => !IsRunning(name)) is { } missing)
        {
            throw new InvalidOperationException($"{missing} does not run.");
        }

        using var kill = Process.Start("kill", [$"-{signal}", .. names.Select(name => PidOf(name).ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"SIG{signal} did not reach all of {string.Join(' ', names)}.");
        }
    }
}
