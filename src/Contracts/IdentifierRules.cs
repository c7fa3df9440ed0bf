using System.Buffers;

namespace TreasureHunt.Contracts;

/// <summary>
/// The rules for identifiers, keys and texts. They are checked at every trust boundary: HTTP, the claims exchange, the shard
/// queues and the admin queue.
/// </summary>
public static class IdentifierRules
{
    /// <summary>Maximum length of a hunt, treasure or player id, in characters.</summary>
    public const int MaxId = 64;

    /// <summary>Maximum length of an idempotency key, in characters.</summary>
    public const int MaxKey = 128;

    /// <summary>Maximum length of a proof, in characters.</summary>
    public const int MaxProof = 128;

    /// <summary>The rule of <see cref="IsSlug"/> in messages.</summary>
    public const string SlugRule = "1 to 64 characters of a-z 0-9 -";

    /// <summary>The rule of <see cref="IsSlug"/> as a regular expression (ECMA-262).</summary>
    public const string SlugPattern = "^[a-z0-9][a-z0-9-]{0,63}$";

    /// <summary>The rule of <see cref="IsPlayer"/> in messages.</summary>
    public const string PlayerRule = "1 to 64 characters of A-Z a-z 0-9 . _ : -";

    /// <summary>The rule of <see cref="IsKey"/> in messages.</summary>
    public const string KeyRule = "1 to 128 visible ASCII characters";

    /// <summary>The rule of <see cref="IsText"/> in messages.</summary>
    public const string TextRule = "no control characters but line breaks and tabs";

    private static readonly SearchValues<char> SlugCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly SearchValues<char> PlayerCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    /// <summary>Whether a text can be stored and displayed: no control characters but line breaks and tabs, no lone surrogates.</summary>
    public static bool IsText(string? text)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            {
                return false;
            }

            if (char.IsSurrogate(c) && (i + 1 == text.Length || !char.IsSurrogatePair(c, text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>1 to 64 characters of <c>a-z 0-9 -</c>, beginning with a letter or digit.</summary>
    public static bool IsSlug(string? id) =>
        id is { Length: > 0 and <= MaxId } && id[0] != '-' && !id.AsSpan().ContainsAnyExcept(SlugCharacters);

    /// <summary>1 to 64 characters of <c>A-Z a-z 0-9 . _ : -</c>.</summary>
    public static bool IsPlayer(string? id) =>
        id is { Length: > 0 and <= MaxId } && !id.AsSpan().ContainsAnyExcept(PlayerCharacters);

    /// <summary>1 to 128 visible ASCII characters.</summary>
    public static bool IsKey(string? key) => key is { Length: > 0 and <= MaxKey } && !key.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Null, or at most 128 characters of text.</summary>
    public static bool IsProof(string? proof) => proof is null || (proof.Length <= MaxProof && IsText(proof));
}
