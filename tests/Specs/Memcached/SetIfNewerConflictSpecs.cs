using TreasureHunt.Platform.Memcached;
using Xunit;
using static TreasureHunt.Specs.Memcached.SetIfNewerScenario;

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
}
