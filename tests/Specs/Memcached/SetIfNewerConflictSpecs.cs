using TreasureHunt.Platform.Memcached;
using TreasureHunt.Projections.Memcached;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>Conflicts and leases of a conditional write.</summary>
public sealed class SetIfNewerConflictSpecs
{
    [Theory]
    [InlineData("EN O{0}\r\n", "ms k 4 ME T60", "NS")]
    [InlineData("VA 4 c3 O{0}\r\n5|{}\r\n", "ms k 4 C3 T60", "EX")]
    [InlineData("VA 4 c3 O{0}\r\n5|{}\r\n", "ms k 4 C3 T60", "NF")]
    public async Task A_conflict_reads_the_value_again(string stored, string attempt, string refusal)
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var write = WriteAsync(scenario, 7);

        await AnswerPeekAsync(scenario, stored);
        await scenario.Connection.SendAsync($"{refusal} O{await scenario.Connection.ExpectAsync(attempt, "7|{}")}\r\n");
        await AnswerPeekAsync(scenario, "VA 4 c9 O{0}\r\n8|{}\r\n");

        Assert.Equal(ConditionalWrite.Kept, await write);
    }

    private static Task<ConditionalWrite> WriteAsync(MemcachedScenario scenario, long sequence) =>
        scenario.Client.SetIfNewerAsync(
            "k", new VersionedValue(sequence, MemcachedScenario.Bytes("{}")), MemcachedScenario.Ttl, TestContext.Current.CancellationToken)
            .AsTask().WaitAsync(FakeConnection.Timeout);

    private static async Task AnswerPeekAsync(MemcachedScenario scenario, string reply) =>
        await scenario.Connection.SendAsync(
            reply.Replace("{0}", await scenario.Connection.ExpectAsync("mg k v c"), StringComparison.Ordinal));
}
