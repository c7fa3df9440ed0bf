namespace TreasureHunt.Api.Claims;

/// <summary>Waits for a task for a limited time.</summary>
public static class TaskTimeout
{
    /// <summary>Returns whether the task completed before the timeout.</summary>
    public static async Task<bool> CompletesWithinAsync(
        this Task task, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(timeout, timeProvider, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
