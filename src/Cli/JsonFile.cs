using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TreasureHunt.Cli;

/// <summary>Results as JSON, for programs.</summary>
public static class JsonFile
{
    // The output is never part of HTML, so characters such as + and ' need no escapes.
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Option<string?> Option()
    {
        var option = new Option<string?>("--json") { Description = "Write the results to this file as JSON.", HelpName = "file" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token])
            {
                OutputFile.Validate(token.Value, result.AddError);
            }
        });
        return option;
    }

    public static string Serialize<T>(T results) => JsonSerializer.Serialize(results, Indented);

    /// <summary>Writes the results when there is a path.</summary>
    public static async Task WriteAsync<T>(string? path, T results, CancellationToken cancellationToken)
    {
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, Serialize(results) + "\n", cancellationToken);
        }
    }
}
