using Microsoft.AspNetCore.Builder;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Ends a host whose settings are broken before it starts, and tells what is in force: <c>--check-config</c>.</summary>
public static class SettingsCheck
{
    private const string Argument = "--check-config";

    /// <summary>
    /// Called when everything is registered and nothing has started. Broken settings are told together on standard error, a line each.
    /// With <c>--check-config</c> the settings in force go to standard output as JSON.
    /// </summary>
    /// <returns>The exit code with which the host ends now, or null when it starts.</returns>
    public static int? CheckSettings(this WebApplicationBuilder builder, string[] args)
    {
        var report = builder.Services.CollectSettings();
        Tell(report.Warnings);
        Tell(report.Problems);
        var exitCode = report.Problems.Count > 0 ? SettingException.ExitCode : 0;
        if (!args.Contains(Argument))
        {
            return exitCode == 0 ? null : exitCode;
        }

        Console.WriteLine(report.ToJson());
        return exitCode;
    }

    /// <summary>The arguments that are settings (<c>--key=value</c>): the configuration would take the word after <c>--check-config</c> for its value.</summary>
    public static string[] SettingsOf(string[] args) => [.. args.Where(argument => argument != Argument)];

    /// <summary>Some settings are needed while services are registered: when one of those is broken, the host ends there.</summary>
    internal static void EndOnBrokenSettings(SettingsReport report) => AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
    {
        if (unhandled.ExceptionObject is SettingException broken)
        {
            Tell([.. report.Problems.Append(broken.Message).Distinct()]);
            Environment.Exit(SettingException.ExitCode);
        }
    };

    private static void Tell(IReadOnlyList<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            Console.Error.WriteLine(sentence);
        }
    }
}
