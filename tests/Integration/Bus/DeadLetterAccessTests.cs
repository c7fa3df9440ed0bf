using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Access to dead letters.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class DeadLetterAccessTests(DisruptionEngine fixture) : DeadLetterTests(fixture)
{
    [Theory]
    [InlineData("/admin/errors")]
    [InlineData("/admin/errors/claims-0")]
    public async Task Only_administrators_see_dead_letters(string path)
    {
        Assert.Equal($"401 {ProblemNames.Unauthenticated}", (await Engine.Anonymous("commands-1").Get(path)).Problem);
        Assert.Equal($"403 {ProblemNames.Forbidden}", (await Engine.Player("alice", "commands-1").Get(path)).Problem);
        Assert.Equal("200", (await Engine.Admin("commands-1").Get(path)).Problem);
    }
}
