using System.Globalization;

namespace TreasureHunt.Load;

/// <summary>Processor time of the processes of a set, from the kernel (proc(5)).</summary>
public static class Machine
{
    /// <summary>Microseconds in a clock tick: a hundred ticks a second on every Linux that .NET runs on.</summary>
    private const double Tick = 10_000;

    /// <summary>Microseconds of processor time by name of process, this one as <c>load</c>. Several of one kind are added up.</summary>
    public static Dictionary<string, double> Processor(string runFolder)
    {
        var children = Children();
        var used = Directory.GetFiles(Path.Combine(runFolder, "pids"))
            .GroupBy(file => Kind(Path.GetFileName(file)))
            .ToDictionary(group => group.Key, group => group.Sum(file => OfTree(Pid(file), children)));
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

    private static double OfTree(int pid, ILookup<int, int> children) => Of(pid) + children[pid].Sum(child => OfTree(child, children));

    private static ILookup<int, int> Children() => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var pid) ? pid : 0)
        .Where(pid => pid > 0)
        .Select(pid => (pid, parent: Stat(pid) is { } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : 0))
        .ToLookup(process => process.parent, process => process.pid);

    // Includes children that have ended, such as sessions of PostgreSQL.
    private static double Of(int pid) =>
        Stat(pid) is { } stat ? stat[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) * Tick : 0;

    // The fields after the name, which may contain spaces: state, parent, …
    private static string[]? Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
