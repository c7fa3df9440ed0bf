namespace TreasureHunt.Faults.Servers;

/// <summary>The files of the repository.</summary>
public static class RepositoryFiles
{
    /// <summary>The root folder, above the folder of the running program.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Reads a file as text.</summary>
    /// <param name="path">Relative to the root folder.</param>
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Returns the absolute path of a file or folder.</summary>
    /// <param name="path">Relative to the root folder.</param>
    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TreasureHunt.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests must run inside the repository.");
    }
}
