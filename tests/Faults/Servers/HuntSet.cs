using System.Diagnostics;
using System.Globalization;

namespace TreasureHunt.Faults.Servers;

/// <summary>
/// The set of servers and hosts that <c>./hunt</c> runs for the suite: its processes by name, and ./hunt itself to bring back what was
/// ended.
/// </summary>
/// <param name="folder">The set's own folder, whose name is the set's.</param>
public sealed class HuntSet(string folder)
{
    private const string Listening = "ASPNETCORE_URLS=";

    /// <summary>Every server and host of a set.</summary>
    public static readonly IReadOnlyList<string> Processes =
    [
        "postgres", "rabbitmq", "redis-locks-1", "redis-locks-2", "redis-locks-3", "redis-read-models-1", "redis-read-models-2",
        "redis-read-models-3", "memcached",
        "haproxy", "api-1", "api-2", "commands-1", "commands-2", "projections",
    ];

    private readonly string _name = Path.GetFileName(folder);

    public string Root { get; } = Path.GetFullPath(Path.Combine(folder, "..", ".."));

    /// <summary>The process that the set has under a name.</summary>
    public int Pid(string name) =>
        int.Parse(File.ReadAllText(Path.Combine(folder, "pids", name)).Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Where a host listens: it was told by its environment.</summary>
    public Uri Url(string host) =>
        new(File.ReadAllText($"/proc/{Pid(host)}/environ").Split('\0').First(
            setting => setting.StartsWith(Listening, StringComparison.Ordinal))[Listening.Length..]);

    /// <summary>The last lines that a process wrote.</summary>
    public IEnumerable<string> Log(string name, int lines) => File.ReadLines(Path.Combine(folder, "log", $"{name}.log")).TakeLast(lines);

    /// <summary>kill -9, and waits until the process is gone.</summary>
    public async Task Kill(params string[] names)
    {
        var pids = names.Select(Pid).ToList();
        await Signal("KILL", names);
        await Until.True($"{string.Join(' ', names)} ended", () => pids.TrueForAll(pid => !Directory.Exists($"/proc/{pid}")));
    }

    /// <summary>SIGSTOP: they stand still in the middle of whatever they do.</summary>
    public Task Freeze(params string[] names) => Signal("STOP", names);

    /// <summary>SIGCONT, for those that still run.</summary>
    public Task Thaw(params string[] names) => Signal("CONT", [.. names.Where(Runs)]);

    public bool Runs(string name) => File.Exists(Path.Combine(folder, "pids", name)) && Directory.Exists($"/proc/{Pid(name)}");

    /// <summary>Brings back every server and every host that does not run.</summary>
    public async Task Heal()
    {
        await Hunt(["servers", "up"]);
        await Hunt(["hosts", "start"]);
    }

    /// <summary>Starts hosts again, with settings of their own in place of the set's.</summary>
    public async Task Restart(string[] hosts, params (string Name, string Value)[] settings)
    {
        await Hunt(["hosts", "stop", .. hosts]);
        await Hunt(["hosts", "start", .. hosts], settings);
    }

    /// <summary>Runs ./hunt on this set to its end.</summary>
    public async Task Hunt(string[] words, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(
            Path.Combine(Root, "hunt"), [.. words, "--name", _name])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var hunt = Process.Start(start)!;
        // What it starts inherits nothing of these pipes: they end with ./hunt itself.
        var said = await Task.WhenAll(hunt.StandardOutput.ReadToEndAsync(), hunt.StandardError.ReadToEndAsync());
        await hunt.WaitForExitAsync();
        if (hunt.ExitCode != 0)
        {
            throw new InvalidOperationException($"./hunt {string.Join(' ', words)} ended with {hunt.ExitCode}: {string.Join('\n', said)}");
        }
    }

    private async Task Signal(string signal, string[] names)
    {
        if (names.FirstOrDefault(name => !Runs(name)) is { } gone)
        {
            throw new InvalidOperationException($"{gone} does not run.");
        }

        using var kill = Process.Start("kill", [$"-{signal}", .. names.Select(name => Pid(name).ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"SIG{signal} did not reach all of {string.Join(' ', names)}.");
        }
    }
}
