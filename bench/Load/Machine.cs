using System.Globalization;

namespace TreasureHunt.Load;

/// <summary>Processor time and context switches of the processes of a set, from the kernel (proc(5)).</summary>
public static class Machine
{
    /// <summary>Microseconds in a clock tick: a hundred ticks a second on every Linux that .NET runs on.</summary>
    private const double Tick = 10_000;

    /// <summary>The use by name of process, this one as <c>load</c>. Several of one kind are added up.</summary>
    public static Dictionary<string, ProcessUse> ReadUse(string runFolder)
    {
        var children = Children();
        var used = Directory.GetFiles(Path.Combine(runFolder, "pids"))
            .GroupBy(file => Kind(Path.GetFileName(file)))
            .ToDictionary(group => group.Key, group => group.Select(file => OfTree(Pid(file), children)).Aggregate((a, b) => a + b));
        used["load"] = Of(Environment.ProcessId);
        return used;
    }

    /// <summary>Name of the processor, for the record.</summary>
    public static string Name()
    {
        var model =
            File.ReadLines("/proc/cpuinfo").FirstOrDefault(
                line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var memory = long.Parse(
            File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} × {model ?? "processor"}, {memory / 1024 / 1024} GiB");
    }

    private static string Kind(string process) => process.TrimEnd('1', '2', '3', '-');

    private static int Pid(string file) => int.Parse(File.ReadAllText(file).Split(' ')[0], CultureInfo.InvariantCulture);

    private static ProcessUse OfTree(int pid, ILookup<int, int> children) =>
        children[pid].Aggregate(Of(pid), (use, child) => use + OfTree(child, children));

    private static ILookup<int, int> Children() => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var pid) ? pid : 0)
        .Where(pid => pid > 0)
        .Select(pid => (pid, parent: Stat(pid) is { } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : 0))
        .ToLookup(process => process.parent, process => process.pid);

    // The times include children that have ended, such as sessions of PostgreSQL.
    private static ProcessUse Of(int pid)
    {
        if (Stat(pid) is not { } stat)
        {
            return default;
        }

        var ticks = stat[11..15].Select(field => double.Parse(field, CultureInfo.InvariantCulture) * Tick).ToArray();
        return new ProcessUse(ticks[0] + ticks[2], ticks[1] + ticks[3], SwitchesOf(pid));
    }

    private static double SwitchesOf(int pid) => ReadAll(() => Directory.GetDirectories($"/proc/{pid}/task"))
        .SelectMany(thread => ReadAll(() => File.ReadAllLines(Path.Combine(thread, "status"))))
        .Where(line => line.Contains("ctxt_switches:", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(':')[1], CultureInfo.InvariantCulture));

    // A process or thread may end while its files are read.
    private static string[] ReadAll(Func<string[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // The fields after the name, which may contain spaces: state, parent, …
    private static string[]? Stat(int pid)
    {
        var text = string.Concat(ReadAll(() => [File.ReadAllText($"/proc/{pid}/stat")]));
        return text.Length == 0 ? null : text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }
}
