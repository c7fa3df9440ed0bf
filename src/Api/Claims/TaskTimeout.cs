namespace TreasureHunt.Api.Claims;

/// <summary>Waiting for a task for a limited time.</summary>
public static class TaskTimeout
{
    /// <summary>Whether the task ended in time.</summary>
    public static async Task<bool> Within(this Task task, TimeSpan wait, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await task.WaitAsync(wait, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
