using System.Text.Json.Nodes;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The logs of the hosts.</summary>
public sealed class LogTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task An_invalid_number_is_not_logged()
    {
        var answer = await Engine.Player("alice").Get("/v1/hunts/autumn-sale/leaderboard?top=%1b[2J%0downed%0a");

        Assert.Equal("400 invalid-request", answer.Problem);
        Assert.DoesNotContain("owned", Engine.Host("api-1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_line_has_a_timestamp() =>
        await Poll.Until(
            "a log line with a timestamp is written",
            () => System.Text.RegularExpressions.Regex.IsMatch(
                Engine.Host("commands-1").Output, @": \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [a-z]{4}: "));

    [Fact]
    public async Task Log_levels_and_the_log_format_are_configurable()
    {
        const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";
        var host = await Engine.StartHost("api-json", ("Logging__Format", "json"), ($"Logging__LogLevel__{Category}", "Information"));
        await Engine.Anonymous(host.Name).Get("/v1/hunts?mark=logged");

        var entry = await Poll.For("the request is logged", () => Task.FromResult(Entries(host).FirstOrDefault(entry =>
            entry["Category"]!.GetValue<string>() == Category
                && entry["Message"]!.GetValue<string>().Contains("mark=logged", StringComparison.Ordinal))));

        Assert.Equal("Information", entry["LogLevel"]!.GetValue<string>());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", entry["Timestamp"]!.GetValue<string>());
        Assert.Matches("\"TraceId\":\"[0-9a-f]{32}\"", entry["Scopes"]!.ToJsonString());
        // Other hosts do not log requests.
        Assert.DoesNotContain("Request starting", Engine.Host("api-1").Output, StringComparison.Ordinal);
        await host.Kill();

        static IEnumerable<JsonNode> Entries(HostProcess host) =>
            host.Output.Split('\n').Select(line => JsonNode.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..])!);
    }
}
