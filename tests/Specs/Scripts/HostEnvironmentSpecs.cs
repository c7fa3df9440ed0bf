using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>The environment variables that <c>./hunt</c> sets for hosts.</summary>
public sealed class HostEnvironmentSpecs : IDisposable
{
    private readonly string _run = Directory.CreateTempSubdirectory("hunt-specs").FullName;

    [Theory]
    [InlineData("unset Visitors__Enabled", "false")]
    [InlineData("Visitors__Enabled=true", "true")]
    public async Task Visitors_are_disabled_by_default(string before, string enabled)
    {
        await File.WriteAllTextAsync(Path.Combine(_run, "rabbitmq-passwords"), "operator x\n", TestContext.Current.CancellationToken);

        var (code, output, errors) = await Shell.Run(
            "common rabbitmq environment",
            $$"""port_of() { echo 1; }; run_dir=$1 set_name=spec site_port=1; {{before}}; load_environment; echo "$Visitors__Enabled" """,
            _run);

        Assert.Equal((0, "", enabled), (code, errors, output.TrimEnd()));
    }

    [Theory]
    [InlineData(":", "none")]
    [InlineData("ConnectionStrings__Memcached=cache.example:11211", "memcached")]
    public async Task The_printed_values_of_another_set_are_not_external_servers(string change, string external)
    {
        await File.WriteAllTextAsync(Path.Combine(_run, "rabbitmq-passwords"), "operator x\n", TestContext.Current.CancellationToken);

        var (code, output, errors) = await Shell.Run(
            "common rabbitmq environment",
            $$"""
            port_of() { echo "$port"; }; run_dir=$1 set_name=spec site_port=1 port=1 external_servers=''
            printed=$(load_environment; print_environment " PATH ")
            eval "$printed"; {{change}}; port=2; drop_printed_values; load_environment; echo "${external_servers:-none}"
            """,
            _run);

        Assert.Equal((0, "", external), (code, errors, output.Trim()));
    }

    [Fact]
    public async Task A_setting_of_the_caller_is_kept()
    {
        var (code, output, errors) = await Shell.Run(
            "common rabbitmq environment",
            """
            rabbitmq_variables() { :; }
            export Visitors__Enabled=true HUNT_URL=http://127.0.0.1:1
            eval "$(print_environment " PATH Visitors__Enabled ")"; drop_printed_values; echo "$Visitors__Enabled ${HUNT_URL:-unset}"
            """);

        Assert.Equal((0, "", "true unset"), (code, errors, output.Trim()));
    }

    public void Dispose() => Directory.Delete(_run, recursive: true);
}
