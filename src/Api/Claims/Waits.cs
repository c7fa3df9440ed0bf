using System.Globalization;

namespace TreasureHunt.Api;

/// <summary>How long a caller would rather wait than ask again (RFC 7240, <c>Prefer: wait</c>).</summary>
public static class Waits
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>What the caller prefers, at most 30 seconds; zero when it says nothing that can be read.</summary>
    public static TimeSpan Preferred(HttpContext http)
    {
        foreach (var preference in http.Request.Headers.GetCommaSeparatedValues("Prefer"))
        {
            if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>Tells the caller that its preference is met.</summary>
    public static void Apply(HttpContext http, TimeSpan wait) => http.Response.Headers["Preference-Applied"] = $"wait={wait.TotalSeconds:0}";

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
