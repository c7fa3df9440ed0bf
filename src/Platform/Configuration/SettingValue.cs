using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace TreasureHunt.Platform.Configuration;

/// <summary>Reads, validates and formats single values of settings.</summary>
internal static class SettingValue
{
    private const string Hidden = "***";

    private static readonly Type[] ScalarTypes = [typeof(string), typeof(decimal), typeof(TimeSpan), typeof(Uri)];

    public static bool IsScalar(Type type) =>
        WithoutNullable(type) is { } core && (core.IsPrimitive || core.IsEnum || ScalarTypes.Contains(core));

    /// <summary>The element type of a list or dictionary; null for other types.</summary>
    public static Type? ElementOf(Type type) =>
        IsScalar(type) ? null
        : type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[^1]
        : null;

    /// <summary>Reads a value strictly and independently of the locale: no thousands separators, blanks or decimal comma.</summary>
    /// <param name="canonical">The value in the format of the configuration binder.</param>
    public static bool TryRead(Type type, string text, out string canonical)
    {
        canonical = text;
        var core = WithoutNullable(type);
        if (core == typeof(string))
        {
            return true;
        }

        if (core == typeof(TimeSpan))
        {
            var isRead = Duration.TryParse(text, out var duration);
            canonical = duration.ToString("c", CultureInfo.InvariantCulture);
            return isRead;
        }

        if (core == typeof(bool))
        {
            return bool.TryParse(text, out _) && text == text.Trim();
        }

        if (core == typeof(Uri))
        {
            // Uri accepts a path as an absolute address.
            return Uri.TryCreate(text, UriKind.Absolute, out var address) && !address.IsFile;
        }

        if (core.IsEnum)
        {
            return Enum.GetNames(core).Contains(text, StringComparer.OrdinalIgnoreCase);
        }

        return IsIntegral(core)
            ? IsWholeNumber(core, text)
            : double.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    && double.IsFinite(number);
    }

    /// <summary>The error message for a text that <see cref="TryRead"/> refuses.</summary>
    public static string Complaint(Type type, string text)
    {
        var core = WithoutNullable(type);
        return core == typeof(TimeSpan) && Duration.IsBareNumber(text) ? $"a duration needs a unit, such as {text}s or 00:05:00."
            : core == typeof(TimeSpan) ? $"it must be {Duration.Description}."
            : core == typeof(bool) ? "it must be true or false."
            : core == typeof(Uri) ? "it must be an absolute address such as http://127.0.0.1:4318."
            : core.IsEnum ? $"it must be one of {string.Join(", ", Enum.GetNames(core))}."
            : IsIntegral(core) ? "it must be a whole number, with digits only, such as 10000."
            : "it must be a number with digits and at most one decimal point, such as 2.5.";
    }

    /// <summary>The error message for a value that breaks a rule.</summary>
    public static string Complaint(string variable, object? value, PropertyInfo property, ValidationAttribute rule, ValidationResult broken)
    {
        if (value is null or "")
        {
            var reason = rule is RequiredAttribute { ErrorMessage: null } ? "this host cannot start without it." : broken.ErrorMessage;
            return $"{variable} is not set: {reason}";
        }

        var subject = Show(property, value) is { } shown && shown != Hidden ? $"{variable} is '{shown}'" : variable;
        return rule.ErrorMessage is null && rule is not ConnectionStringAttribute && Takes(rule) is { } takes
            ? $"{subject}: it must be {takes}." : $"{subject}: {broken.ErrorMessage}";
    }

    /// <summary>The allowed values of a property, as a phrase.</summary>
    public static string Takes(PropertyInfo property)
    {
        var rules = property.GetCustomAttributes<ValidationAttribute>().Select(Takes).OfType<string>().ToList();
        var core = WithoutNullable(ElementOf(property.PropertyType) ?? property.PropertyType);
        return rules.Count > 0 ? string.Join(", ", rules)
            : core == typeof(bool) ? "true or false"
            : core == typeof(TimeSpan) ? "a duration"
            : core == typeof(Uri) ? "an address"
            : core.IsEnum ? string.Join(", ", Enum.GetNames(core))
            : core == typeof(string) ? "text"
            : "a number";
    }

    /// <summary>A value in the format of the settings; secrets are hidden.</summary>
    public static string? Show(PropertyInfo property, object? value) => value switch
    {
        null or "" or ICollection { Count: 0 } => null,
        _ when property.IsDefined(typeof(SecretAttribute)) => Hidden,
        string text when property.GetCustomAttribute<ConnectionStringAttribute>() is { } connection => connection.Masked(text),
        IDictionary entries => $"{entries.Count} entries",
        IEnumerable items and not string =>
            string.Join(", ", items.Cast<object>().Select(item => IsScalar(item.GetType()) ? Show(item) : item.GetType().Name)),
        _ => Show(value),
    };

    private static string Show(object value) => value switch
    {
        TimeSpan duration => Duration.Format(duration),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string? Takes(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => $"{FormatLimit(range, range.Minimum)} to {FormatLimit(range, range.Maximum)}",
        AllowedValuesAttribute allowed => string.Join(", ", allowed.Values),
        RegularExpressionAttribute form => form.Pattern,
        StringLengthAttribute length => $"{length.MinimumLength} to {length.MaximumLength} characters",
        MinLengthAttribute length => $"at least {length.Length} characters",
        MaxLengthAttribute length => $"at most {length.Length} characters",
        ConnectionStringAttribute connection => connection.Format,
        _ => null,
    };

    // The limits of a range of durations are strings.
    private static string FormatLimit(RangeAttribute range, object limit) =>
        range.OperandType == typeof(TimeSpan)
            ? Duration.Format(limit as TimeSpan? ?? TimeSpan.Parse((string)limit, CultureInfo.InvariantCulture)) : Show(limit);

    private static bool IsIntegral(Type type) => type != typeof(double) && type != typeof(float) && type != typeof(decimal);

    private static bool IsWholeNumber(Type type, string text)
    {
        try
        {
            _ = Convert.ChangeType(
                decimal.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), type, CultureInfo.InvariantCulture);
            return true;
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException)
        {
            return false;
        }
    }

    private static Type WithoutNullable(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
