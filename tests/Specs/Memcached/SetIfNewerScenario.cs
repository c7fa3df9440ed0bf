using TreasureHunt.Platform.Memcached;
using TreasureHunt.Projections.Memcached;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>A conditional write of the key <c>k</c>, and the server's answer to its read.</summary>
internal static class SetIfNewerScenario
{
    public static Task<ConditionalWrite> WriteAsync(MemcachedScenario scenario, long sequence) =>
        scenario.Client.SetIfNewerAsync(
            "k", new VersionedValue(sequence, MemcachedScenario.Bytes("{}")), MemcachedScenario.Ttl, TestContext.Current.CancellationToken)
            .AsTask().WaitAsync(FakeConnection.Timeout);

    public static async Task AnswerPeekAsync(MemcachedScenario scenario, string reply) =>
        await scenario.Connection.SendAsync(
            reply.Replace("{0}", await scenario.Connection.ExpectAsync("mg k v c"), StringComparison.Ordinal));
}
