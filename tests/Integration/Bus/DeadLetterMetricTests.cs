using System.Globalization;
using System.Text.RegularExpressions;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Metrics of queues and dead letters.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class DeadLetterMetricTests(DisruptionEngine fixture) : DeadLetterTests(fixture)
{
    [Fact]
    public async Task A_metric_counts_the_dead_letters_of_each_queue()
    {
        var admin = Engine.Admin("commands-1");
        var (before, others) = (await CountDeadLetters(admin, "claims-1"), await CountDeadLetters(admin, "claims-0"));
        for (var n = 0; n < 2; n++)
        {
            await Publish("claims-1", Claim("Not A Slug", "mallory", "open sesame", TimeProvider.System.GetUtcNow()));
        }

        await Poll.Until("the metric counts both", async () => await Metric("claims-1") == before + 2);
        Assert.Equal(others, await Metric("claims-0"));
        Assert.Equal("200", (await admin.Post("/admin/errors/claims-1/drop", new { all = true })).Problem);
        await Poll.Until("the metric counts no dead letter", async () => await Metric("claims-1") == 0);

        Task<long?> Metric(string queue) => MetricOf("dead_letters_waiting", queue);
    }

    [Theory]
    [InlineData("claims-intake")]
    [InlineData("claims-0")]
    [InlineData("admin-commands")]
    public async Task Metrics_count_the_consumers_and_messages_of_each_queue(string queue)
    {
        await Poll.Until("the metric counts a consumer", async () => await MetricOf("queue_consumers", queue) > 0);
        await Poll.Until("the metric counts no message", async () => await MetricOf("queue_messages", queue) == 0);
    }

    private async Task<long?> MetricOf(string name, string queue) =>
        Regex.Match(
            (await Engine.Anonymous("commands-1").Get("/metrics")).Text,
            $$"""(?m)^treasurehunt_{{name}}\{.*queue="{{queue}}".*\} (\d+)""") is { Success: true } match
            ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;
}
