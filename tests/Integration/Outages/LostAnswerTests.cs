using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Storms;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Who asked may be gone when the answer comes: it asks again with its key.</summary>
[Collection(nameof(Fragile))]
public sealed class LostAnswerTests(FragileEngine fixture) : FragileTests(fixture)
{
    private const string Errors = $"{BusNames.Admin}_error";

    [Fact]
    public async Task A_command_whose_sender_is_gone_is_recorded_and_no_error()
    {
        var (huntId, now) = (Ids.FreshSlug(), TimeProvider.System.GetUtcNow());
        var nobody = new UriBuilder(
            Engine.Bus.AddressOf(
                "api"))
        { Scheme = "rabbitmq", UserName = "", Password = "", Path = $"{Engine.Bus.Name}/api-answers-{Ids.Fresh():N}", Query = "temporary=true" };
        var unreadable = Envelope(new { at = "when?" });

        await Send(BusNames.Admin, unreadable);
        await Send(
            BusNames.Admin,
            Envelope(
                new { commandId = Ids.Fresh(), at = now, huntId, name = "Autumn sale", opensAt = now, closesAt = now.AddHours(4) },
                nobody.Uri));
        await Until.True(
            "it is recorded",
            async () => (await Engine.Log.All()).Any(fact => fact.Data is HuntDrafted drafted && drafted.HuntId == huntId));
        // Each ends what it has begun, so that nothing comes to the errors any more.
        await Task.WhenAll(Engine.Host("commands-1").Stop(), Engine.Host("commands-2").Stop());
        await Send(Errors, "the last");

        var dead = await Engine.Bus.TakeUntil(Errors, taken => taken.Contains("the last"));
        Assert.Contains(unreadable, dead);
        Assert.DoesNotContain(dead, body => body.Contains(huntId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_a_command_with_a_key_is_told_to_come_again_when_nobody_answers()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        await Task.WhenAll(Engine.Host("commands-1").Stop(), Engine.Host("commands-2").Stop());

        var answers = await Task.WhenAll(
            Engine.Admin().Post($"/v1/treasures/{treasureId}/restock", new { units = 1 }, ("Idempotency-Key", "key")),
            Engine.Admin().Post($"/v1/treasures/{treasureId}/restock", new { units = 1 }));

        Assert.All(answers, answer => Assert.Equal("503 outcome-unknown", answer.Problem));
        Assert.All(answers, answer => Assert.DoesNotContain("again", answer.Word("title")!, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("again with the same Idempotency-Key", answers[0].Word("detail"), StringComparison.Ordinal);
        Assert.Contains("Retry-After", answers[0].Headers.Keys);
        Assert.DoesNotContain("again", answers[1].Word("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("Retry-After", answers[1].Headers.Keys);
    }

    [Fact]
    public async Task A_decided_claim_repeated_by_a_caller_who_waits_gets_its_outcome_while_no_worker_runs()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5, perPlayer: 5, proof: "oak");
        var alice = Engine.Player("alice");
        var won = await alice.Claim(treasureId, "key", "oak");
        Assert.Equal(Outcomes.Won, won.Outcome);
        await alice.Outcome(won.ClaimId);
        await Task.WhenAll(Engine.Host("commands-1").Stop(), Engine.Host("commands-2").Stop());

        var again = await alice.Claim(treasureId, "key", "oak", wait: 1);

        Assert.Equal(("200", won.Text, "true"), (again.Problem, again.Text, again.Headers.GetValueOrDefault("Idempotency-Replayed")));
        Assert.Equal("422 idempotency-key-reused", (await alice.Claim(treasureId, "key", "elm", wait: 1)).Problem);
        Assert.Equal("202", (await alice.Claim(treasureId, "another-key", "oak", wait: 1)).Problem);
    }

    private Task Send(string exchange, string body) => Engine.Bus.Publish(exchange, "application/vnd.masstransit+json", body);

    private static string Envelope(object message, Uri? responseAddress = null) => JsonSerializer.Serialize(new
    {
        messageId = Ids.Fresh(),
        requestId = Ids.Fresh(),
        responseAddress,
        messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:DraftHunt" },
        message,
    });
}
