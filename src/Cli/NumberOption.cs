using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace TreasureHunt.Cli;

/// <summary>Options with a number between two bounds. Other values are refused with a sentence.</summary>
public static class NumberOption
{
    /// <param name="standard">The default; without one the option may be left out.</param>
    public static Option<T?> Of<T>(string name, T min, T max, string description, T? standard = null)
        where T : struct, INumber<T>
    {
        var option = new Option<T?>(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description} {min} to {max}."),
            HelpName = "n",
            CustomParser = result => Parse(result, name, min, max),
        };
        if (standard is not null)
        {
            option.DefaultValueFactory = _ => standard;
        }

        return option;
    }

    // No separators of thousands: in some countries the same character separates decimals.
    private static NumberStyles Style<T>()
        where T : struct, INumber<T> =>
        NumberStyles.AllowLeadingSign | (typeof(T) == typeof(double) ? NumberStyles.AllowDecimalPoint : NumberStyles.None);

    private static T? Parse<T>(ArgumentResult result, string name, T min, T max)
        where T : struct, INumber<T>
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (T.TryParse(text, Style<T>(), CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number from {min} to {max}, not '{text}'."));
        return null;
    }
}
