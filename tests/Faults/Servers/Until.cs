using System.Diagnostics;

namespace TreasureHunt.Faults.Servers;

/// <summary>Waits for what must become true. Deadlines are generous: they are there to end a hopeless wait, not to measure.</summary>
public static class Until
{
    /// <summary>How long is waited when nothing else is said.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Looks until something is so.</summary>
    /// <exception cref="TimeoutException">It never was.</exception>
    public static Task True(string what, Func<bool> isSo, TimeSpan? patience = null) => True(what, () => Task.FromResult(isSo()), patience);

    /// <inheritdoc cref="True(string, Func{bool}, TimeSpan?)"/>
    public static Task True(string what, Func<Task<bool>> isSo, TimeSpan? patience = null) =>
        Some(what, async () => await isSo() ? what : null, patience);

    /// <summary>Looks until there is something to see.</summary>
    /// <exception cref="TimeoutException">There never was.</exception>
    public static async Task<T> Some<T>(string what, Func<Task<T?>> look, TimeSpan? patience = null)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        Exception? last = null;
        while (Stopwatch.GetElapsedTime(started) < (patience ?? Timeout))
        {
            try
            {
                if (await look() is { } seen)
                {
                    return seen;
                }

                last = null;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
            {
                // Who is asked may be starting.
                last = exception;
            }

            await Task.Delay(PollInterval);
        }

        throw new TimeoutException($"Waited {(patience ?? Timeout).TotalSeconds:0} s in vain: {what}", last);
    }
}
