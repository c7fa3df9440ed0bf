using System.Security.Cryptography;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Telemetry;

/// <summary>One trace follows a claim from the HTTP request to the read model.</summary>
public class TraceTests(SharedEngine engine) : EngineTests(engine)
{
    private static readonly string[] Services = ["treasure-hunt-api", "treasure-hunt-commands", "treasure-hunt-projections"];

    [Fact]
    public async Task A_claim_over_HTTP_is_one_trace_through_all_hosts()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var trace = RandomNumberGenerator.GetBytes(16);

        var claim = await Engine.Player("alice").Post(
            $"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", "key"), ("Prefer", "wait=20"),
            ("traceparent", TraceParent(trace)));

        Assert.Equal(Outcomes.Won, claim.Outcome);
        await WaitForSpans(trace);
    }

    [Fact]
    public async Task A_problem_contains_the_trace_id_of_the_request()
    {
        var trace = RandomNumberGenerator.GetBytes(16);

        var problem = await Engine.Anonymous().Get("/v1/treasures/no-such-treasure", ("traceparent", TraceParent(trace)));

        Assert.Contains(Convert.ToHexStringLower(trace), problem.TextOf("traceId")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_with_an_unsampled_parent_is_not_traced()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 2);
        var (untraced, traced) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(16));

        await Engine.Player("alice").Post(
            $"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", "key"), ("Prefer", "wait=20"),
            ("traceparent", TraceParent(untraced, sampled: false)));
        await Engine.Player("bob").Post(
            $"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", "key"), ("Prefer", "wait=20"),
            ("traceparent", TraceParent(traced)));

        await WaitForSpans(traced);
        Assert.All(Services, service => Assert.False(engine.TraceCollector.HasSpan(service, untraced)));
    }

    private Task WaitForSpans(byte[] trace) =>
        Task.WhenAll(
            Services.Select(
                service => Poll.Until($"{service} exports its part of the trace", () => engine.TraceCollector.HasSpan(service, trace))));

    private static string TraceParent(byte[] trace, bool sampled = true) =>
        $"00-{Convert.ToHexStringLower(trace)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}-{(sampled ? "01" : "00")}";
}
