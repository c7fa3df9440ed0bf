namespace TreasureHunt.Load;

/// <summary>What the kernel has counted for a process and its children.</summary>
/// <param name="User">Microseconds of processor time in user mode.</param>
/// <param name="Kernel">Microseconds of processor time in kernel mode.</param>
/// <param name="Switches">Context switches of the threads that are alive, voluntary and involuntary.</param>
public readonly record struct ProcessUse(double User, double Kernel, double Switches)
{
    public static ProcessUse operator +(ProcessUse one, ProcessUse other) =>
        new(one.User + other.User, one.Kernel + other.Kernel, one.Switches + other.Switches);

    public static ProcessUse operator -(ProcessUse one, ProcessUse other) =>
        new(one.User - other.User, one.Kernel - other.Kernel, one.Switches - other.Switches);
}
