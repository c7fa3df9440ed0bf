using System.Diagnostics;

namespace TreasureHunt.Faults.Servers;

/// <summary>Waits for a condition. The default timeout is long: it ends a wait that cannot succeed, and measures nothing.</summary>
public static class Poll
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Waits until the condition holds.</summary>
    /// <param name="condition">The condition in words, for the exception.</param>
    /// <exception cref="TimeoutException">The condition did not hold within the timeout.</exception>
    public static Task Until(string condition, Func<bool> holds, TimeSpan? timeout = null) =>
        Until(condition, () => Task.FromResult(holds()), timeout);

    /// <inheritdoc cref="Until(string, Func{bool}, TimeSpan?)"/>
    public static Task Until(string condition, Func<Task<bool>> holds, TimeSpan? timeout = null) =>
        For(condition, async () => await holds() ? condition : null, timeout);

    /// <summary>Waits until the query returns a value.</summary>
    /// <param name="condition">The condition in words, for the exception.</param>
    /// <exception cref="TimeoutException">The query returned null for the whole timeout.</exception>
    public static async Task<T> For<T>(string condition, Func<Task<T?>> query, TimeSpan? timeout = null)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        Exception? last = null;
        while (Stopwatch.GetElapsedTime(started) < (timeout ?? Timeout))
        {
            try
            {
                if (await query() is { } value)
                {
                    return value;
                }

                last = null;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
            {
                // The server may be starting.
                last = exception;
            }

            await Task.Delay(PollInterval);
        }

        throw new TimeoutException($"The condition did not hold within {(timeout ?? Timeout).TotalSeconds:0} s: {condition}", last);
    }
}
