namespace TreasureHunt.Cli;

/// <summary>Validates the path of a file that a command writes at its end, before the command begins.</summary>
public static class OutputFile
{
    public static void Validate(string path, Action<string> addError)
    {
        if (Directory.Exists(path))
        {
            addError($"{path} is a folder: name a file.");
        }
        else if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            addError($"{folder} does not exist: {path} could not be written.");
        }
    }
}
