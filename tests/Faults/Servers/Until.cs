using System.Diagnostics;

namespace TreasureHunt.Faults.Servers;

/// <summary>Waits for what must become true; the deadline ends a hopeless wait.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static async Task True(string what, Func<Task<bool>> isSo, TimeSpan? patience = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(since) > (patience ?? Patience))
            {
                throw new TimeoutException($"Waited {(patience ?? Patience).TotalSeconds:0} s in vain until {what}.");
            }

            await Task.Delay(Look);
        }
    }
}
