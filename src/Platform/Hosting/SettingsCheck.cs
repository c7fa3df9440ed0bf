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
        foreach (var sentence in report.Warnings.Concat(report.Problems))
        {
            Console.Error.WriteLine(sentence);
        }

        var isAsked = args.Contains(Argument);
        if (isAsked)
        {
            Console.WriteLine(report.ToJson());
        }

        return report.Problems.Count > 0 ? SettingException.ExitCode : isAsked ? 0 : null;
    }

    /// <summary>
    /// The arguments that are settings (<c>--key=value</c>): the configuration would take the word after <c>--check-config</c> for its
    /// value.
    /// </summary>
    public static string[] SettingsOf(string[] args) => [.. args.Where(argument => argument != Argument)];

    /// <summary>
    /// Registering services goes on with the default of a broken setting, so that the others are read too. What fails because of that is a
    /// consequence: the host ends there, and tells the settings.
    /// </summary>
    internal static void EndOnBrokenSettings(this WebApplicationBuilder builder)
    {
        var report = builder.Services.CollectSettings();
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            if (unhandled.ExceptionObject is SettingException broken)
            {
                report.Add(broken);
            }

            if (report.Problems.Count > 0)
            {
                Environment.Exit(builder.CheckSettings(Environment.GetCommandLineArgs()) ?? SettingException.ExitCode);
            }
        };
    }
}
