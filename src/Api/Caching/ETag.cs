using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TreasureHunt.Api.Caching;

/// <summary>A read's ETag: the log position, and what the answer depends on besides it, such as a status that changes with time.</summary>
public static class ETag
{
    private static readonly SearchValues<char> TagCharacters = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");

    public static string Of(long sequence, string tag = "") =>
        string.Create(CultureInfo.InvariantCulture, $"\"{sequence}{(tag.Length > 0 ? "-" : "")}{tag}\"");

    /// <summary>
    /// Which of the tags that a caller shows lets it keep what it has, or null when it needs the answer: the answer's own, or one
    /// of a later log position, which another Api gave out. The caller knows more than this process then, and is not sent back in time.
    /// </summary>
    public static string? Kept(StringValues ifNoneMatch, string etag, long sequence)
    {
        // The parser reads beyond the end of a line that ends with "W/" and spaces.
        if (ifNoneMatch.Count == 0 || !EntityTagHeaderValue.TryParseList([.. ifNoneMatch.Select(line => line!.TrimEnd())], out var shown))
        {
            return null;
        }

        string? later = null;
        foreach (var candidate in shown)
        {
            if (candidate.Tag == "*" || candidate.Tag == etag)
            {
                return etag;
            }

            // The tag goes out again in the answer: text that no Api has given out must not.
            later = IsOurs(candidate.Tag.AsSpan()) && SequenceOf(candidate.Tag.AsSpan()) > sequence ? candidate.Tag.ToString() : later;
        }

        return later;
    }

    // None of ours ends with the hyphen that a tag follows.
    private static bool IsOurs(ReadOnlySpan<char> etag) =>
        etag.Length > 2 && etag[^2] != '-' && !etag[1..^1].ContainsAnyExcept(TagCharacters);

    /// <summary>The log position of one of our tags, or -1.</summary>
    public static long SequenceOf(ReadOnlySpan<char> etag)
    {
        var inner = etag.Trim('"');
        var end = inner.IndexOf('-');
        return long.TryParse(end < 0 ? inner : inner[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence : -1;
    }
}
