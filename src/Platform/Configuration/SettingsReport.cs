using System.Text.Encodings.Web;
using System.Text.Json;

namespace TreasureHunt.Platform.Configuration;

/// <summary>The settings of one host: values in force, invalid settings, and probable typing errors.</summary>
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

    /// <summary>The settings in force, in the order of their names.</summary>
    public IReadOnlyList<Setting> Settings =>
        [.. _settings.DistinctBy(setting => setting.Name).OrderBy(setting => setting.Name, StringComparer.Ordinal)];

    /// <summary>A sentence for each missing or invalid setting.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. _problems.Concat(_settings.Where(setting => _required.Contains(setting.Name) && !setting.IsSet).Select(Missing)).Distinct(),
    ];

    /// <summary>A sentence for each key that no options class of its section has.</summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. from section in _sections
           from key in section.Value.Found.Except(section.Value.Known, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)
           let known = string.Join(", ", section.Value.Known.Order(StringComparer.Ordinal))
           select $"{section.Key}__{key} is not a setting of this host and has no effect. {section.Key} has {known}.",
    ];

    /// <summary>Adds keys of a section that this host cannot start without.</summary>
    internal void Require(string section, IEnumerable<string> keys) => _required.UnionWith(keys.Select(key => $"{section}__{key}"));

    internal void Add(IEnumerable<Setting> settings, IEnumerable<string> problems)
    {
        _settings.AddRange(settings);
        _problems.AddRange(problems);
    }

    /// <summary>Adds the problems of the exception, except those of settings that have a problem already.</summary>
    internal void Add(SettingException broken)
    {
        var problems = Problems;
        _problems.AddRange(
            broken.Message.Split(Environment.NewLine)
                .Where(sentence => !problems.Any(problem => SettingOf(problem) == SettingOf(sentence))));
    }

    /// <param name="known">The properties of one options class; a section may have several.</param>
    /// <param name="found">The keys of the section in the configuration.</param>
    internal void AddKeys(string section, IEnumerable<string> known, IEnumerable<string> found)
    {
        if (!_sections.TryGetValue(section, out var keys))
        {
            _sections[section] = keys = (new(StringComparer.OrdinalIgnoreCase), new(StringComparer.OrdinalIgnoreCase));
        }

        keys.Known.UnionWith(known);
        keys.Found.UnionWith(found);
    }

    // Each sentence starts with the name of the setting.
    private static string SettingOf(string sentence) => sentence.Split(' ', ':')[0];

    private static string Missing(Setting setting) => $"{setting.Name} is not set, and this host cannot start without it: {setting.Takes}.";

    /// <summary>The settings, problems and warnings as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new { Settings, Problems, Warnings }, Json);
}
