using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>One process of the engine, started from its Release build, with everything it said.</summary>
public sealed class HostProcess
{
    private const int KeptLines = 400;
    private const string Listening = "Now listening on: ";

    private static readonly ConcurrentDictionary<int, Process> Living = new();
    private static readonly string Root = FindRoot();

    private readonly string _project;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;
    private volatile Uri? _url;

    // Nothing that a test started outlives the tests.
    static HostProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Living.Values)
        {
            process.Kill();
        }
    };

    public HostProcess(string name, string project, IReadOnlyDictionary<string, string> settings) =>
        (Name, _project, _settings) = (name, project, settings);

    public string Name { get; }

    public bool Runs => _process is { HasExited: false };

    /// <summary>Where it listens: the system chose the port, so two can never get the same.</summary>
    public Uri Url => _url ?? throw new InvalidOperationException($"{Name} does not listen yet.");

    /// <summary>Its last words.</summary>
    public string Output => string.Join('\n', _output.TakeLast(60).Select(line => $"  {Name}: {line}"));

    /// <summary>A file of the repository.</summary>
    public static string Document(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Where a file of the repository is.</summary>
    public static string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public async Task Start(HttpClient http)
    {
        _url = null;
        _process = Launch();
        await Until.True($"{Name} is ready", async () =>
        {
            if (!Runs)
            {
                throw new InvalidOperationException($"{Name} ended as it started:\n{Output}");
            }

            if (_url is null)
            {
                return false;
            }

            using var answer = await http.GetAsync(new Uri(Url, "/health/ready"));
            return answer.IsSuccessStatusCode;
        });
    }

    /// <summary>Runs it to its end.</summary>
    public async Task Run(params string[] arguments)
    {
        _process = Launch(arguments);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        if (_process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Name} ended with {_process.ExitCode}:\n{Output}");
        }
    }

    /// <summary>kill -9</summary>
    public async Task Kill()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill();
        await _process.WaitForExitAsync();
        Living.TryRemove(_process.Id, out _);
    }

    /// <summary>SIGTERM; answers how it ended.</summary>
    public async Task<int> Stop()
    {
        var process = _process ?? throw new InvalidOperationException($"{Name} does not run.");
        await Signal("TERM");
        await process.WaitForExitAsync().WaitAsync(Until.Timeout);
        Living.TryRemove(process.Id, out _);
        return process.ExitCode;
    }

    /// <summary>SIGSTOP: it stands still in the middle of whatever it does.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>SIGCONT</summary>
    public Task Thaw() => Signal("CONT");

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(Root, "src", _project, "bin", "Release", "net10.0", $"TreasureHunt.{_project}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        Living[process.Id] = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            // In a JSON object it ends with a quote.
            _url = new Uri(line[(at + Listening.Length)..].Split('"')[0]);
        }

        _output.Enqueue(line);
        if (_output.Count > KeptLines)
        {
            _output.TryDequeue(out _);
        }
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TreasureHunt.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run from their build folder inside the repository.");
    }
}
