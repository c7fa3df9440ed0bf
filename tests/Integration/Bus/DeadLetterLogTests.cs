using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Actions on dead letters are logged with the administrator.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class DeadLetterLogTests(DisruptionEngine fixture) : DeadLetterTests(fixture)
{
    [Fact]
    public async Task The_administrator_who_retries_or_drops_dead_letters_is_logged()
    {
        var shard = BusNames.Shard(0);
        var (subject, admin) = ($"erika-{Ids.FreshSlug()}", Engine.Admin("commands-1"));
        var erika = new ApiCaller(Engine, "commands-1", ApiCallers.Token(Audiences.Administrator, subject, token =>
            (token.Claims["scope"], token.Claims["jti"]) = ("operations", "token-4713")));
        var before = await CountDeadLetters(admin, shard);
        await Publish(shard, Claim("No Slug", subject, "open sesame", TimeProvider.System.GetUtcNow()));
        var id = IdOf(await WaitForLetter(admin, shard, before, subject));

        Assert.Equal("200", (await erika.Post($"/admin/errors/{shard}/retry", new { id })).Problem);
        await Logs("retried: 1");
        await Poll.Until("it is a dead letter again", async () => await CountDeadLetters(admin, shard) == before + 1);
        Assert.Equal("200", (await erika.Post($"/admin/errors/{shard}/drop", new { id })).Problem);
        await Logs("dropped: 1");

        Task Logs(string done) => Poll.Until($"{done} is logged", () =>
            Engine.Host("commands-1").Output.Contains(
                $"Dead letters of {shard} {done}, by {subject} with the token token-4713", StringComparison.Ordinal));
    }
}
