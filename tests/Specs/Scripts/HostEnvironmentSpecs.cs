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

    public void Dispose() => Directory.Delete(_run, recursive: true);
}
