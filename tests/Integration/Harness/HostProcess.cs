using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>One host process of the engine, started from its Release build, with its last output.</summary>
public sealed class HostProcess
{
    private static readonly ConcurrentDictionary<int, Process> Running = new();

    private readonly string _project;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly HostOutput _output;
    private Process? _process;

    // No host process outlives the test run.
    static HostProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Running.Values)
        {
            process.Kill();
        }
    };

    public HostProcess(string name, string project, IReadOnlyDictionary<string, string> settings) =>
        (Name, _project, _settings, _output) = (name, project, settings, new HostOutput(name));

    public string Name { get; }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The base address of the host. The operating system chooses a free port.</summary>
    public Uri Url => _output.Url ?? throw new InvalidOperationException($"{Name} does not listen yet.");

    /// <summary>The last 60 lines of its output.</summary>
    public string Output => _output.Text;

    /// <summary>Starts the process and waits until it is ready.</summary>
    public async Task Start(HttpClient http)
    {
        _output.Url = null;
        _process = Launch();
        await Poll.Until($"{Name} is ready", async () =>
        {
            if (!IsRunning)
            {
                throw new InvalidOperationException($"{Name} ended as it started:\n{Output}");
            }

            if (_output.Url is null)
            {
                return false;
            }

            using var answer = await http.GetAsync(new Uri(Url, "/health/ready"));
            return answer.IsSuccessStatusCode;
        });
    }

    /// <summary>Runs the process to its end.</summary>
    public async Task Run(params string[] arguments)
    {
        _process = Launch(arguments);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        if (_process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Name} ended with {_process.ExitCode}:\n{Output}");
        }
    }

    /// <summary>Sends SIGKILL and waits for the end.</summary>
    public async Task Kill()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill();
        await _process.WaitForExitAsync();
        Running.TryRemove(_process.Id, out _);
    }

    /// <summary>Sends SIGTERM and returns the exit code.</summary>
    public async Task<int> Stop()
    {
        var process = _process ?? throw new InvalidOperationException($"{Name} does not run.");
        await Signal("TERM");
        await process.WaitForExitAsync().WaitAsync(Poll.Timeout);
        Running.TryRemove(process.Id, out _);
        return process.ExitCode;
    }

    /// <summary>Sends SIGSTOP.</summary>
    public Task Suspend() => Signal("STOP");

    /// <summary>Sends SIGCONT.</summary>
    public Task Resume() => Signal("CONT");

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [RepositoryFiles.PathOf($"src/{_project}/bin/Release/net10.0/TreasureHunt.{_project}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        process.Start();
        Running[process.Id] = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
