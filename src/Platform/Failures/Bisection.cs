namespace TreasureHunt.Platform.Failures;

/// <summary>Isolates the items of a batch that cannot be processed, and processes the others.</summary>
public static class Bisection
{
    /// <summary>
    /// Processes all items at once. On a failure, processes the first half and then the second half, until each failing item is alone. The
    /// order of the items is kept. One failing item among n costs about 2 log2(n) more runs.
    /// </summary>
    /// <param name="process">Processes items. A failure must mean that none of them was processed.</param>
    /// <param name="isolate">Receives an item that fails alone, with its exception.</param>
    /// <exception cref="OperationCanceledException">The processing was cancelled; this is never the fault of an item.</exception>
    public static async Task RunAsync<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, Task> process, Action<T, Exception> isolate)
    {
        if (items.Count == 0)
        {
            return;
        }

        try
        {
            await process(items);
            return;
        }
#pragma warning disable CA1031 // The callback retries transient failures itself: any other exception is the fault of an item.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (items.Count == 1)
            {
                isolate(items[0], exception);
                return;
            }
        }

        var middle = items.Count / 2;
        await RunAsync([.. items.Take(middle)], process, isolate);
        await RunAsync([.. items.Skip(middle)], process, isolate);
    }
}
