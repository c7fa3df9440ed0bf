using System.Diagnostics;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>A program that reads the OpenAPI document.</summary>
internal static class Tool
{
    /// <summary>Runs it to its end.</summary>
    /// <returns>How it ended, and all that it said.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string folder, string program, IEnumerable<string> words, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            program, words)
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // It would ask another host for newer versions of itself.
        start.Environment["KIOTA_OFFLINE_ENABLED"] = "true";
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(
                cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
