using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>A client that a generator made from the document, compiled without edits.</summary>
internal static class GeneratedClient
{
    private static readonly CSharpParseOptions Language = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    /// <summary>Runs the command of the documentation and returns the generated sources.</summary>
    /// <param name="generator">The second word of the command.</param>
    /// <param name="api">The Api that serves the document.</param>
    public static async Task<IReadOnlyList<string>> SourcesAsync(string generator, Uri api, CancellationToken cancellationToken)
    {
        var command =
            Assert.Single(
                RepositoryFiles.Read("docs/http-api.md").Split('\n'),
                line => line.StartsWith($"dotnet {generator} ", StringComparison.Ordinal))
            .Replace("http://localhost:8080/", api.ToString(), StringComparison.Ordinal);
        // Inside the repository, because its tool manifest has the generators.
        var folder = Directory.CreateDirectory(RepositoryFiles.PathOf($".run/client-{Ids.FreshSlug()}"));
        try
        {
            var (exitCode, output) = await ExternalTool.RunAsync(folder.FullName, "dotnet", command.Split(' ')[1..], cancellationToken);
            Assert.True(exitCode == 0, $"{command}\n{output}\n'./hunt test' restores the generators.");
            return folder.EnumerateFiles("*.cs", SearchOption.AllDirectories).Select(file => File.ReadAllText(file.FullName)).ToList();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Compiles sources with nullable types and with warnings as errors.</summary>
    public static Assembly Compile(IEnumerable<string> sources)
    {
        var compilation = CSharpCompilation.Create(
            $"Client-{Ids.FreshSlug()}",
            sources.Select(source => CSharpSyntaxTree.ParseText(source, Language)),
            References(),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
                generalDiagnosticOption: ReportDiagnostic.Error));
        using var assembly = new MemoryStream();
        var errors = compilation.Emit(assembly).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(errors.Select(error => error.ToString()));
        return Assembly.Load(assembly.ToArray());
    }

    // The framework and the packages that the documentation names.
    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(
        Path.PathSeparator)
        .Where(file =>
            Path.GetDirectoryName(file) == Path.GetDirectoryName(typeof(object).Assembly.Location)
                || Path.GetFileName(file).StartsWith("Microsoft.Kiota.", StringComparison.Ordinal))
        .Select(file => MetadataReference.CreateFromFile(file));
}
