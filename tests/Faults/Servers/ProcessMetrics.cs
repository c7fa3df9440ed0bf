using System.Globalization;

namespace TreasureHunt.Faults.Servers;

/// <summary>What a process and its children hold, from the kernel's own figures (proc(5)).</summary>
/// <param name="Bytes">Memory; what several share is divided among them (Pss).</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Sockets">Those of them that are connections, or wait for one.</param>
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
            // It ended while it was looked at, as sessions of PostgreSQL do.
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
            // It was closed while it was looked at.
            return false;
        }
    }

    private static ProcessMetrics Add(ProcessMetrics one, ProcessMetrics other) =>
        new(one.Bytes + other.Bytes, one.Handles + other.Handles, one.Sockets + other.Sockets);

    // A process that has ended and that nobody has asked after has none.
    private static long Memory(
        int pid) => File.ReadLines($"/proc/{pid}/smaps_rollup").FirstOrDefault(
            line => line.StartsWith("Pss:", StringComparison.Ordinal)) is { } line
        ? 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
        : 0;

    private static IEnumerable<int> Numbers(string file) =>
        File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(
            number => int.Parse(number, CultureInfo.InvariantCulture));
}
