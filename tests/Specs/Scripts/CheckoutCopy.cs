using TreasureHunt.Cli;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>
/// A copy of the files of <c>./hunt</c>, without build output and without <c>dotnet</c> on the path.
/// </summary>
public sealed class CheckoutCopy : IDisposable
{
    private static readonly string[] Programs = [
        "awk", "basename", "bash", "cat", "dirname", "env", "grep", "id", "readlink", "sed", "sort", "tail", "uname"];

    private readonly string _folder = Directory.CreateTempSubdirectory("hunt-help").FullName;

    public CheckoutCopy()
    {
        Copy("hunt");
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("deploy"), "*", SearchOption.AllDirectories))
        {
            Copy(Path.GetRelativePath(Repository.PathOf(""), file));
        }

        var path = Directory.CreateDirectory(Path.Combine(_folder, "path")).FullName;
        foreach (var program in Programs)
        {
            File.CreateSymbolicLink(Path.Combine(path, program), Find(program));
        }
    }

    /// <summary>Runs <c>./hunt</c> of the copy. Fails when it creates a set.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> Hunt(IEnumerable<string> words)
    {
        var run = await Shell.Hunt(_folder, words, ("PATH", Path.Combine(_folder, "path")));
        Assert.False(Directory.Exists(Path.Combine(_folder, ".run")), "A set was created.");
        return run;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Find(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);

    private void Copy(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
        File.Copy(Repository.PathOf(file), Path.Combine(_folder, file));
    }
}
