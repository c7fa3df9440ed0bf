using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace TreasureHunt.Platform.Configuration;

/// <summary>
/// Reads one options class from a section, strictly and independently of the locale. The configuration binder then gets values in a
/// canonical format.
/// </summary>
internal sealed class SettingsReader(IConfiguration section, string name)
{
    private readonly Dictionary<string, string?> _values = [];
    private readonly HashSet<string> _broken = [];

    public List<string> Problems { get; } = [];

    public List<Setting> Settings { get; } = [];

    public static IEnumerable<string> KeysOf(Type options) => PropertiesOf(options).Select(Key);

    public TOptions Read<TOptions>()
        where TOptions : class, new()
    {
        ReadProperties(typeof(TOptions), section, "");
        var options = new TOptions();
        new ConfigurationBuilder().AddInMemoryCollection(_values).Build().Bind(options);
        Check(options, name);
        Describe(options, new TOptions(), section, name);
        return options;
    }

    private void ReadProperties(Type type, IConfiguration from, string path)
    {
        foreach (var property in PropertiesOf(type))
        {
            ReadValue(
                property.PropertyType, from.GetSection(Key(property)), Join(path, Key(property)),
                property.IsDefined(typeof(SecretAttribute)));
        }
    }

    private void ReadValue(Type type, IConfigurationSection from, string path, bool isSecret)
    {
        if (SettingValue.IsScalar(type))
        {
            if (from.Value is not { Length: > 0 } text)
            {
                return;
            }

            if (SettingValue.TryRead(type, text, out var canonical))
            {
                _values[path] = canonical;
                return;
            }

            var variable = Variable(Join(name, path));
            _broken.Add(variable);
            Problems.Add($"{variable} is {(isSecret ? "not readable" : $"'{text}'")}: {SettingValue.Complaint(type, text)}");
        }
        else if (SettingValue.ElementOf(type) is { } element)
        {
            foreach (var child in from.GetChildren())
            {
                ReadValue(element, child, Join(path, child.Key), isSecret);
            }
        }
        else
        {
            ReadProperties(type, from, path);
        }
    }

    private void Check(object options, string path)
    {
        var before = Problems.Count;
        foreach (var property in PropertiesOf(options.GetType()))
        {
            var (variable, value) = (Variable(Join(path, Key(property))), property.GetValue(options));
            if (_broken.Contains(variable))
            {
                continue;
            }

            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (rule.GetValidationResult(
                    value, new ValidationContext(options) { MemberName = property.Name, DisplayName = variable }) is { } broken)
                {
                    Problems.Add(SettingValue.Complaint(variable, value, property, rule, broken));
                }
            }

            foreach (var (child, key) in Children(property.PropertyType, value))
            {
                Check(child, Join(Join(path, Key(property)), key));
            }
        }

        // Rules of the whole class apply only to valid properties.
        if (Problems.Count == before && options is IValidatableObject whole)
        {
            Problems.AddRange(
                whole.Validate(new ValidationContext(options)).Select(broken => broken.MemberNames.FirstOrDefault() is { } member
                ? $"{Variable(Join(path, member))}: {broken.ErrorMessage}"
                : $"{Variable(path)}: {broken.ErrorMessage}"));
        }
    }

    private void Describe(object options, object defaults, IConfiguration from, string path)
    {
        foreach (var property in PropertiesOf(options.GetType()))
        {
            var (value, defaultValue, key) = (property.GetValue(options), property.GetValue(defaults), Join(path, Key(property)));
            if (SettingValue.IsScalar(property.PropertyType) || SettingValue.ElementOf(property.PropertyType) is not null)
            {
                var isSet = from.GetSection(Key(property)) is { } set && (set.Value is { Length: > 0 } || set.GetChildren().Any());
                Settings.Add(
                    new Setting(
                        Variable(key), SettingValue.Show(property, value), SettingValue.Show(property, defaultValue),
                        SettingValue.Takes(property), isSet));
            }
            else if (value is not null)
            {
                Describe(value, defaultValue ?? Activator.CreateInstance(property.PropertyType)!, from.GetSection(Key(property)), key);
            }
        }
    }

    // Nested objects of a property, also in lists and dictionaries, with their keys.
    private static IEnumerable<(object Child, string Key)> Children(Type type, object? value) => value switch
    {
        null => [],
        _ when SettingValue.IsScalar(type) => [],
        IDictionary entries when SettingValue.ElementOf(type) is { } element && !SettingValue.IsScalar(element) =>
            entries.Keys.Cast<object>().Select(key => (entries[key]!, key.ToString()!)),
        IEnumerable items when SettingValue.ElementOf(type) is { } element => SettingValue.IsScalar(element)
            ? []
            : items.Cast<object>().Select((item, index) => (item, index.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        _ => [(value, "")],
    };

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(
            property => property.SetMethod is { IsPublic: true } || SettingValue.ElementOf(property.PropertyType) is not null);

    private static string Key(PropertyInfo property) => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    private static string Join(string path, string key) => path.Length == 0 ? key : key.Length == 0 ? path : $"{path}:{key}";

    private static string Variable(string path) => path.Replace(":", "__", StringComparison.Ordinal);
}
