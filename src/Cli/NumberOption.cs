using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace TreasureHunt.Cli;

/// <summary>Options that take a number within bounds, and say so when they get something else.</summary>
public static class NumberOption
{
    /// <param name="standard">The default; without one the option may be left out.</param>
    public static Option<T?> Of<T>(string name, T least, T most, string description, T? standard = null)
        where T : struct, INumber<T>
    {
        var option = new Option<T?>(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description} {least} to {most}."),
            HelpName = "n",
            CustomParser = result => Parse(result, name, least, most),
        };
        if (standard is not null)
        {
            option.DefaultValueFactory = _ => standard;
        }

        return option;
    }

    // Digits, and a decimal point where a fraction makes sense: what separates thousands in one country separates decimals in another.
    private static NumberStyles Style<T>()
        where T : struct, INumber<T> =>
        NumberStyles.AllowLeadingSign | (typeof(T) == typeof(double) ? NumberStyles.AllowDecimalPoint : NumberStyles.None);

    private static T? Parse<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, INumber<T>
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (T.TryParse(text, Style<T>(), CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number from {least} to {most}, not '{text}'."));
        return null;
    }
}
