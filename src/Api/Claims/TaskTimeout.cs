namespace TreasureHunt.Api.Claims;

/// <summary>Waiting for a task for a limited time.</summary>
public static class TaskTimeout
{
    /// <summary>Whether the task ended in time.</summary>
    public static async Task<bool> WithinAsync(
        this Task task, TimeSpan wait, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(wait, timeProvider, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
