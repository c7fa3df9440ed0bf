using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Claims;
using TreasureHunt.Api.Streaming;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>Request headers that the Api reads itself.</summary>
public partial class HeaderFuzz
{
    private static readonly Gen<string> Tags = Gen.Select(
        Gen.Long[0, long.MaxValue], Inputs.Among("", "available-2", "7"), Gen.Bool,
        (sequence, tag, weak) => (weak ? "W/" : "") + ETag.Of(sequence, tag));

    private static readonly Gen<string> TagList = Tags.Array[1, 4].Select(tags => string.Join(", ", tags));

    private static readonly Gen<string> Waits = Gen.Select(
        Gen.Int[0, 100], Inputs.Among("wait={0}", "Wait={0}", "respond-async, wait={0}", "wait={0}; a=b", "wait = \"{0}\""),
        (seconds, form) => string.Format(CultureInfo.InvariantCulture, form, seconds));

    private static readonly Gen<string> Points = Gen.Long[0, 1_000_000].Array[3].Select(parts => string.Join('-', parts));

    /// <summary>A header that comes once or twice.</summary>
    private static Gen<StringValues> Lines(Gen<string> valid) =>
        Gen.OneOf(Inputs.Text, valid, Inputs.Spoilt(valid)).Array[0, 2].Select(lines => new StringValues(lines));

    [Fact]
    public void A_tag_is_kept_only_if_it_is_the_answers_own_or_a_later_one_that_was_shown() => Gen.Select(
        Lines(TagList), Gen.Long[0, long.MaxValue]).Check(input =>
    {
        var (shown, sequence) = input;
        var own = ETag.Of(sequence, "available-2");

        var kept = ETag.Kept(shown, own, sequence);

        if (kept is not null && kept != own)
        {
            Assert.True(ETag.SequenceOf(kept) > sequence);
            Assert.Contains(kept, shown.ToString(), StringComparison.Ordinal);
            // It goes out again in a header: it must be one that this engine gives out.
            Assert.Matches(OwnTag(), kept);
        }
    });

    [Fact]
    public void The_sequence_of_a_tag_is_what_was_put_into_it_and_no_other_text_has_a_large_one() => Gen.OneOf(
        Inputs.Text, Tags, Inputs.Spoilt(Tags)).Check(text =>
    {
        var sequence = ETag.SequenceOf(text);
        Assert.True(sequence >= -1);
        Assert.True(sequence < 1 || text.Contains(sequence.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    });

    [Fact]
    public void A_resume_id_is_a_point_or_nothing_and_a_point_reads_the_same_again() => Gen.OneOf(
        Inputs.Text, Points, Inputs.Spoilt(Points)).Check(id =>
    {
        var point = ResumeToken.Parse(id);
        if (point != ResumeToken.Nothing)
        {
            Assert.True(point is { Treasures: >= 0, Hunt: >= 0 } && point.Since >= DateTimeOffset.UnixEpoch);
            Assert.Equal(point, ResumeToken.Parse(point.ToString()));
        }
    });

    [Fact]
    public void A_preferred_wait_is_between_none_and_thirty_seconds() => Lines(Waits).Check(lines =>
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["Prefer"] = lines;

        var wait = PreferWaitHeader.WaitOf(http.Request);

        Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.True(wait == TimeSpan.Zero || lines.ToString().Contains("wait", StringComparison.OrdinalIgnoreCase));
    });

    [GeneratedRegex("\\A\"[0-9]+(-[A-Za-z0-9-]+)?\"\\z")]
    private static partial Regex OwnTag();
}
