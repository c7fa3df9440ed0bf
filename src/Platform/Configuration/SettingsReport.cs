using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace TreasureHunt.Platform.Configuration;

/// <summary>The settings of one host: what is in force, what is broken, what is likely to be a typing error.</summary>
public sealed class SettingsReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<Setting> _settings = [];
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _required = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (HashSet<string> Known, HashSet<string> Found)> _sections = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is in force, by name.</summary>
    public IReadOnlyList<Setting> Settings =>
        [.. _settings.DistinctBy(setting => setting.Name).OrderBy(setting => setting.Name, StringComparer.Ordinal)];

    /// <summary>A sentence for each setting that is missing or broken.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. _problems.Concat(_settings.Where(setting => _required.Contains(setting.Name) && !setting.IsSet).Select(Missing)).Distinct(),
    ];

    /// <summary>A sentence for each key that no options of its section have.</summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. from section in _sections
           from key in section.Value.Found.Except(section.Value.Known, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)
           select $"{section.Key}__{key} is no setting of this host and has no effect. {section.Key} has {string.Join(", ", section.Value.Known.Order(StringComparer.Ordinal))}.",
    ];

    /// <summary>Says which keys of a section this host cannot start without.</summary>
    internal void Require(string section, IEnumerable<string> keys) => _required.UnionWith(keys.Select(key => $"{section}__{key}"));

    internal void Add(IEnumerable<Setting> settings, IEnumerable<string> problems)
    {
        _settings.AddRange(settings);
        _problems.AddRange(problems);
    }

    /// <summary>Adds what the exception tells, unless that setting has been told already.</summary>
    internal void Add(SettingException broken)
    {
        var problems = Problems;
        _problems.AddRange(
            broken.Message.Split(Environment.NewLine).Where(sentence => !problems.Any(problem => NameIn(problem) == NameIn(sentence))));
    }

    /// <param name="known">The properties of one options class; a section may have several.</param>
    /// <param name="found">The keys that the configuration has there.</param>
    internal void AddKeys(string section, IEnumerable<string> known, IEnumerable<string> found)
    {
        if (!_sections.TryGetValue(section, out var keys))
        {
            _sections[section] = keys = (new(StringComparer.OrdinalIgnoreCase), new(StringComparer.OrdinalIgnoreCase));
        }

        keys.Known.UnionWith(known);
        keys.Found.UnionWith(found);
    }

    // Each sentence begins with the setting.
    private static string NameIn(string sentence) => sentence.Split(' ', ':')[0];

    private static string Missing(Setting setting) => $"{setting.Name} is not set, and this host cannot start without it: {setting.Takes}.";

    /// <exception cref="SettingException">A setting is broken: the message has a line for each.</exception>
    public void ThrowIfBroken()
    {
        if (Problems is { Count: > 0 } problems)
        {
            throw new SettingException(string.Join(Environment.NewLine, problems));
        }
    }

    /// <summary>The settings, problems and warnings, for people and programs to read.</summary>
    public string ToJson() => JsonSerializer.Serialize(new { Settings, Problems, Warnings }, Json);
}

/// <summary>Finds the report of a host among its services.</summary>
public static class SettingsReporting
{
    /// <summary>
    /// From here on broken settings are collected, so that a host tells all of them together; see
    /// <see cref="SettingsReport.ThrowIfBroken"/>.
    /// </summary>
    public static SettingsReport CollectSettings(this IServiceCollection services)
    {
        if (services.FindSettingsReport() is { } known)
        {
            return known;
        }

        var report = new SettingsReport();
        services.AddSingleton(report);
        return report;
    }

    internal static SettingsReport? FindSettingsReport(this IServiceCollection services) =>
        services.Select(service => service.ServiceType == typeof(SettingsReport) ? service.ImplementationInstance as SettingsReport : null)
            .FirstOrDefault(report => report is not null);
}
