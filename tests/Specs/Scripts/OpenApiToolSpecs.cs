using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>The installation of the OpenAPI linter by <c>./hunt test</c>.</summary>
public sealed class OpenApiToolSpecs : IDisposable
{
    private const string Stubs =
        """root=$1; require_dotnet() { :; }; dotnet() { :; }; npm() { echo "no registry"; [[ $works ]]; }; works=yes;""";

    private readonly string _root = Directory.CreateTempSubdirectory("hunt-specs").FullName;

    public OpenApiToolSpecs()
    {
        Directory.CreateDirectory(Path.Combine(_root, "tests", "OpenApi"));
        File.WriteAllText(Path.Combine(_root, "tests", "OpenApi", "package.json"), "{}");
        File.WriteAllText(Path.Combine(_root, "tests", "OpenApi", "package-lock.json"), "{}");
    }

    [Theory]
    [InlineData("install_openapi_tools", 1)]
    [InlineData("install_openapi_tools; install_openapi_tools", 1)]
    [InlineData("install_openapi_tools; echo '{ }' >\"$root/tests/OpenApi/package-lock.json\"; install_openapi_tools", 2)]
    public async Task Spectral_is_installed_when_its_lockfile_changes(string line, int times)
    {
        var (code, _, errors) = await Shell.Run("common openapi", $"{Stubs} {line}", _root);

        Assert.Equal((0, times), (code, errors.Split("installing Spectral").Length - 1));
    }

    [Fact]
    public async Task A_failed_installation_ends_the_run_and_is_retried_by_the_next()
    {
        var (code, _, errors) = await Shell.Run("common openapi", $"{Stubs} works=; install_openapi_tools", _root);
        var again = await Shell.Run("common openapi", $"{Stubs} install_openapi_tools", _root);

        Assert.Equal(1, code);
        Assert.Contains("no registry", errors, StringComparison.Ordinal);
        Assert.Contains("'npm ci' failed.", errors, StringComparison.Ordinal);
        Assert.Contains("installing Spectral", again.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
