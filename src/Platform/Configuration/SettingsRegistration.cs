using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TreasureHunt.Platform.Configuration;

/// <summary>Adds typed settings to a host. Each feature has one options class; its properties state units, ranges and defaults.</summary>
public static class SettingsRegistration
{
    /// <summary>
    /// Binds the options to a section of the configuration, checks their data annotations, and adds them as a singleton. The check happens
    /// before the start, and the error message names the setting.
    /// </summary>
    /// <param name="section">The section, such as <c>Streams</c>; empty for settings without a section.</param>
    /// <returns>
    /// The options in force. In a host (see <see cref="SettingsReporting.CollectSettings"/>) an invalid setting has its default value, and
    /// the host does not start.
    /// </returns>
    /// <exception cref="SettingException">
    /// A value is unreadable or out of range, and these services do not collect settings.
    /// </exception>
    public static TOptions AddSettings<TOptions>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class, new()
    {
        var reader = new SettingsReader(section.Length == 0 ? configuration : configuration.GetSection(section), section);
        var options = reader.Read<TOptions>();
        services.AddSingleton(options);
        if (services.FindSettingsReport() is { } report)
        {
            report.Add(reader.Settings, reader.Problems);
            if (section.Length > 0)
            {
                report.AddKeys(
                    section, SettingsReader.KeysOf(typeof(TOptions)),
                    configuration.GetSection(section).GetChildren().Select(child => child.Key));
            }
        }
        else if (reader.Problems.Count > 0)
        {
            throw new SettingException(string.Join(Environment.NewLine, reader.Problems));
        }

        return options;
    }

    /// <summary>Reports problems that need more than one options class, like the problems of <see cref="AddSettings"/>.</summary>
    /// <param name="problems">A sentence for each problem; it names the setting.</param>
    /// <exception cref="SettingException">There are problems, and these services do not collect settings.</exception>
    public static void AddProblems(this IServiceCollection services, IReadOnlyList<string> problems)
    {
        if (services.FindSettingsReport() is { } report)
        {
            report.Add([], problems);
        }
        else if (problems.Count > 0)
        {
            throw new SettingException(string.Join(Environment.NewLine, problems));
        }
    }
}
