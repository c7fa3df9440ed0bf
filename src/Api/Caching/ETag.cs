using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TreasureHunt.Api.Caching;

/// <summary>
/// The ETag of a read: the position of the last event in the response, and a tag for everything else that the response depends on, such
/// as a status that changes with time.
/// </summary>
public static class ETag
{
    private static readonly SearchValues<char> TagCharacters = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");

    public static string Of(long sequence, string tag = "") =>
        string.Create(CultureInfo.InvariantCulture, $"\"{sequence}{(tag.Length > 0 ? "-" : "")}{tag}\"");

    /// <summary>
    /// The tag of the request for which the response is 304: that of the response, or one of a later position, which another Api sent. The
    /// client then has a later state than this process, and must not get an older one. Null when the client needs the response.
    /// </summary>
    public static string? Match(StringValues ifNoneMatch, string etag, long sequence)
    {
        // The parser reads beyond the end of a line that ends with "W/" and spaces, so trailing spaces are removed.
        if (ifNoneMatch.Count == 0
            || !EntityTagHeaderValue.TryParseList([.. ifNoneMatch.Select(line => line!.TrimEnd())], out var candidates))
        {
            return null;
        }

        string? later = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Tag == "*" || candidate.Tag == etag)
            {
                return etag;
            }

            // The response repeats the tag, so it must be valid.
            later = IsValid(candidate.Tag.AsSpan()) && SequenceOf(candidate.Tag.AsSpan()) > sequence ? candidate.Tag.ToString() : later;
        }

        return later;
    }

    // No valid ETag ends with the hyphen that precedes a tag.
    private static bool IsValid(ReadOnlySpan<char> etag) =>
        etag.Length > 2 && etag[^2] != '-' && !etag[1..^1].ContainsAnyExcept(TagCharacters);

    /// <summary>The position in an ETag of this class; -1 for any other.</summary>
    public static long SequenceOf(ReadOnlySpan<char> etag)
    {
        var inner = etag.Trim('"');
        var end = inner.IndexOf('-');
        return long.TryParse(end < 0 ? inner : inner[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence : -1;
    }
}
