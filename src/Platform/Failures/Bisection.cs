namespace TreasureHunt.Platform.Failures;

/// <summary>Finds the items of a batch that cannot be processed, so that the others can.</summary>
public static class Bisection
{
    /// <summary>
    /// Processes all items at once; when that fails, the first half and then the second, until each item at fault is alone. Items are
    /// processed in their order whatever fails. One bad item among n costs about 2 log2(n) more runs.
    /// </summary>
    /// <param name="process">Processes items. A failure must mean that none of them was processed.</param>
    /// <param name="isolate">Takes an item that fails alone, with the failure.</param>
    /// <exception cref="OperationCanceledException">The processing was cancelled; it is never taken for a fault of an item.</exception>
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
#pragma warning disable CA1031 // Which exceptions are retried instead is decided inside; what arrives here is a fault of the items.
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
