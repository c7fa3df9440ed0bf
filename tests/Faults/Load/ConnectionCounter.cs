namespace TreasureHunt.Faults.Load;

/// <summary>Counts connections that were tried at least once, and those that are open.</summary>
internal sealed class ConnectionCounter
{
    private int _tried;
    private int _open;

    public int Tried => Volatile.Read(ref _tried);

    public int Open => Volatile.Read(ref _open);

    public void AddTried() => Interlocked.Increment(ref _tried);

    public void AddOpen() => Interlocked.Increment(ref _open);

    public void RemoveOpen() => Interlocked.Decrement(ref _open);
}
