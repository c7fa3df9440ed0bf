namespace TreasureHunt.Api;

/// <summary>The forms of ids and keys. They are checked at the door and relied on behind it.</summary>
public static class Forms
{
    public const int MaxId = 64;
    public const int MaxKey = 128;
    public const int MaxProof = 128;

    public const string TextRule = "no control characters but line breaks and tabs";

    /// <summary>Text that can be stored and shown: no control characters but line breaks and tabs.</summary>
    public static bool IsText(string? text) => text is null || !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));

    /// <summary>1 to 64 characters of <c>a-z 0-9 -</c>, beginning with a letter or digit.</summary>
    public static bool IsSlug(string? id) =>
        id is { Length: > 0 and <= MaxId } && id[0] != '-' && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>1 to 64 characters of <c>A-Z a-z 0-9 . _ : -</c>.</summary>
    public static bool IsPlayer(string? id) =>
        id is { Length: > 0 and <= MaxId } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '-');

    /// <summary>1 to 128 visible ASCII characters.</summary>
    public static bool IsKey(string? key) => key is { Length: > 0 and <= MaxKey } && key.All(c => c is > ' ' and <= '~');
}
