using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>The installation of tools by <c>./hunt test</c>.</summary>
public sealed class TestToolSpecs
{
    [Theory]
    [InlineData("", "installed chromium\nunset")]
    [InlineData("/bin/true", "/bin/true")]
    public async Task A_missing_browser_is_installed(string chromium, string expected)
    {
        var (code, output, _) = await Shell.Run(
            "common packages tests",
            """
            has() { [[ $1 != chromium ]]; }; is_root() { true; }; missing_packages() { :; }; apt_install() { echo "installed $*"; }
            remove_abandoned_test_sets() { echo "${HUNT_CHROMIUM-unset}"; exit 0; }
            HUNT_CHROMIUM=$1
            run_tests
            """,
            chromium);
        Assert.Equal((0, expected), (code, output.TrimEnd()));
    }

    [Fact]
    public async Task Missing_Node_is_installed()
    {
        var (code, output, _) = await Shell.Run(
            "common packages tests",
            """
            has() { [[ $1 != node* && $1 != npm ]]; }; is_root() { true; }
            missing_packages() { :; }; apt_install() { echo "installed $*"; }
            remove_abandoned_test_sets() { exit 0; }
            run_tests
            """);
        Assert.Equal((0, "installed npm nodejs"), (code, output.TrimEnd()));
    }
}
