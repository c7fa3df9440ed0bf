using System.CommandLine;
using System.Text.Json;

namespace TreasureHunt.Cli;

/// <summary>Figures for programs to read.</summary>
public static class JsonFile
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Option<string?> Option()
    {
        var option = new Option<string?>("--json") { Description = "Write the figures to this file as JSON.", HelpName = "file" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token])
            {
                Output.Validate(token.Value, result.AddError);
            }
        });
        return option;
    }

    public static string Serialize<T>(T figures) => JsonSerializer.Serialize(figures, Readable);

    public static async Task WriteAsync<T>(string? path, T figures, CancellationToken cancellationToken)
    {
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, Serialize(figures) + "\n", cancellationToken);
        }
    }
}

/// <summary>Files that a command writes at its end are looked at before it begins.</summary>
public static class Output
{
    public static void Validate(string path, Action<string> complain)
    {
        if (Directory.Exists(path))
        {
            complain($"{path} is a folder: name a file.");
        }
        else if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            complain($"{folder} is not there: {path} could not be written.");
        }
    }
}
