using System.Globalization;

namespace TreasureHunt.Faults.Servers;

/// <summary>Resources of a process and its children, from /proc (proc(5)).</summary>
/// <param name="Bytes">Memory; shared pages count in proportion (Pss).</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Sockets">Open sockets, a part of the handles.</param>
public sealed record ProcessMetrics(long Bytes, int Handles, int Sockets)
{
    public static readonly ProcessMetrics None = new(0, 0, 0);

    public static ProcessMetrics Of(int pid)
    {
        try
        {
            var handles = Directory.GetFileSystemEntries($"/proc/{pid}/fd");
            var sockets = handles.Count(IsSocket);
            return Numbers($"/proc/{pid}/task/{pid}/children").Select(Of).Aggregate(
                new ProcessMetrics(Memory(pid), handles.Length, sockets), Add);
        }
        catch (IOException)
        {
            // The process ended in the meantime, as sessions of PostgreSQL do.
            return None;
        }
    }

    private static bool IsSocket(string handle)
    {
        try
        {
            return File.ResolveLinkTarget(handle, returnFinalTarget: false)?.Name.StartsWith("socket:", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            // The handle was closed in the meantime.
            return false;
        }
    }

    private static ProcessMetrics Add(ProcessMetrics one, ProcessMetrics other) =>
        new(one.Bytes + other.Bytes, one.Handles + other.Handles, one.Sockets + other.Sockets);

    // A zombie process has no memory.
    private static long Memory(int pid) => File.ReadLines($"/proc/{pid}/smaps_rollup").FirstOrDefault(
            line => line.StartsWith("Pss:", StringComparison.Ordinal)) is { } line
        ? 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
        : 0;

    private static IEnumerable<int> Numbers(string file) =>
        File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(
            number => int.Parse(number, CultureInfo.InvariantCulture));
}
