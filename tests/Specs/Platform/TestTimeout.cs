using Xunit;

namespace TreasureHunt.Specs.Platform;

internal static class TestTimeout
{
    /// <summary>Fails after 30 seconds, which is far longer than any passing spec takes.</summary>
    public static Task WithTimeout(this Task task) => task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}
