using System.Text.RegularExpressions;

namespace TreasureHunt.Cli;

/// <summary>The forms of the names that the engine takes.</summary>
public static partial class Names
{
    public static bool IsPlayer(string? value) => value is not null && PlayerForm().IsMatch(value);

    public static bool IsSlug(string? value) => value is not null && SlugForm().IsMatch(value);

    public static bool IsKey(string? value) => value is not null && KeyForm().IsMatch(value);

    public static bool IsProof(string? value) => value is null || value.Length <= 128;

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,64}\z")]
    private static partial Regex PlayerForm();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex SlugForm();

    [GeneratedRegex(@"\A[\x21-\x7E]{1,128}\z")]
    private static partial Regex KeyForm();
}
