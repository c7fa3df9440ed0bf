using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>A host validates its settings before it starts and reports the invalid ones.</summary>
public class HostSettingsSpecs
{
    public static TheoryData<string> Hosts => [.. HostRun.Hosts];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task The_effective_settings_are_printed_without_secrets(string host)
    {
        var run = await HostRun.Check(host, ("Shards__Count", "16"));
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.DoesNotContain("secret", run.Output, StringComparison.Ordinal);
        Assert.Contains("hunt:***@127.0.0.1", run["ConnectionStrings__RabbitMq"].Value, StringComparison.Ordinal);
        Assert.False(run["ReadModels__Prefix"].IsSet);
    }

    [Fact]
    public async Task A_misspelled_setting_is_a_warning_and_has_no_effect()
    {
        var run = await HostRun.Check("Projections", ("Audit__Evry", "10m"));
        Assert.Equal(
            (0, "Audit__Evry is not a setting of this host and has no effect. Audit has CatchUpTimeout, Every."),
            (run.ExitCode, run.Errors.TrimEnd()));
        Assert.Equal("5m", run["Audit__Every"].Value);
    }

    [Fact]
    public async Task The_schema_command_requires_only_the_event_store()
    {
        var run =
            await HostRun.Of("Commands", ["--apply-schema"], ("ConnectionStrings__Postgres", null), ("ConnectionStrings__RabbitMq", null));
        Assert.Equal(
            (2, "ConnectionStrings__Postgres is not set, and this host cannot start without it: Host=…;Username=…;Password=…."),
            (run.ExitCode, run.Errors.TrimEnd()));
    }

    [Fact]
    public async Task Settings_may_follow_check_config_on_the_command_line()
    {
        var run = await HostRun.Of("Projections", ["--check-config", "--Audit:Every=10m"]);
        Assert.Equal("10m", run["Audit__Every"].Value);
    }
}
