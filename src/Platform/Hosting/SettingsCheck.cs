using Microsoft.AspNetCore.Builder;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Stops a host with invalid settings before it starts, and prints the settings in force: <c>--check-config</c>.</summary>
/// <remarks>
/// <see cref="SettingsReader"/> checks that each value can be read and is inside the range that the attributes of its options class state.
/// <see cref="SettingsReport"/> adds the keys that no options class has, and registrations add problems and warnings of their own, such as
/// a key of the development environment (<see cref="SettingsReporting"/>). docs/configuration.md lists all settings with their ranges.
/// </remarks>
public static class SettingsCheck
{
    private const string Argument = "--check-config";

    /// <summary>
    /// Must be called after all registrations and before the start. Prints invalid settings to standard error, a line for each. With
    /// <c>--check-config</c> prints the settings in force to standard output as JSON.
    /// </summary>
    /// <returns>The exit code when the host must end now; null when it may start.</returns>
    public static int? CheckSettings(this WebApplicationBuilder builder, string[] args)
    {
        var report = builder.Services.CollectSettings();
        foreach (var sentence in report.Warnings.Concat(report.Problems))
        {
            Console.Error.WriteLine(sentence);
        }

        var isRequested = args.Contains(Argument);
        if (isRequested)
        {
            Console.WriteLine(report.ToJson());
        }

        return report.Problems.Count > 0 ? SettingException.ExitCode : isRequested ? 0 : null;
    }

    /// <summary>
    /// The arguments without <c>--check-config</c>: the configuration would use the next argument as its value.
    /// </summary>
    public static string[] RemoveCheckArgument(string[] args) => [.. args.Where(argument => argument != Argument)];

    /// <summary>
    /// The registration continues with the default of an invalid setting, so that all settings are read. An exception that this causes ends
    /// the host, which then prints the invalid settings.
    /// </summary>
    internal static void ExitOnBrokenSettings(this WebApplicationBuilder builder)
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
