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
        Gen.Long[0, long.MaxValue], FuzzInputs.OneOf("", "available-2", "7"), Gen.Bool,
        (sequence, tag, weak) => (weak ? "W/" : "") + ETag.Of(sequence, tag));

    private static readonly Gen<string> TagList = Tags.Array[1, 4].Select(tags => string.Join(", ", tags));

    private static readonly Gen<string> Waits = Gen.Select(
        Gen.Int[0, 100], FuzzInputs.OneOf("wait={0}", "Wait={0}", "respond-async, wait={0}", "wait={0}; a=b", "wait = \"{0}\""),
        (seconds, form) => string.Format(CultureInfo.InvariantCulture, form, seconds));

    private static readonly Gen<string> ResumeTokens = Gen.Long[0, 1_000_000].Array[3].Select(parts => string.Join('-', parts));

    /// <summary>A header with no, one or two lines.</summary>
    private static Gen<StringValues> Lines(Gen<string> valid) =>
        Gen.OneOf(FuzzInputs.Text, valid, FuzzInputs.Mutated(valid)).Array[0, 2].Select(lines => new StringValues(lines));

    [Fact]
    public void An_ETag_matches_only_if_it_is_the_current_or_a_later_one() => Gen.Select(
        Lines(TagList), Gen.Long[0, long.MaxValue]).Check(input =>
    {
        var (header, sequence) = input;
        var own = ETag.Of(sequence, "available-2");

        var matched = ETag.Match(header, own, sequence);

        if (matched is not null && matched != own)
        {
            Assert.True(ETag.SequenceOf(matched) > sequence);
            Assert.Contains(matched, header.ToString(), StringComparison.Ordinal);
            // It is sent in a response header, so it must have the format of an ETag of the Api.
            Assert.Matches(OwnTag(), matched);
        }
    });

    [Fact]
    public void The_sequence_of_an_ETag_is_contained_in_its_text() => Gen.OneOf(
        FuzzInputs.Text, Tags, FuzzInputs.Mutated(Tags)).Check(text =>
    {
        var sequence = ETag.SequenceOf(text);
        Assert.True(sequence >= -1);
        Assert.True(sequence < 1 || text.Contains(sequence.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    });

    [Fact]
    public void A_resume_token_is_parsed_and_formatted_back_or_invalid() => Gen.OneOf(
        FuzzInputs.Text, ResumeTokens, FuzzInputs.Mutated(ResumeTokens)).Check(id =>
    {
        var token = ResumeToken.Parse(id);
        if (token != ResumeToken.Start)
        {
            Assert.True(token is { Treasures: >= 0, Hunt: >= 0 } && token.Since >= DateTimeOffset.UnixEpoch);
            Assert.Equal(token, ResumeToken.Parse(token.ToString()));
        }
    });

    [Fact]
    public void A_preferred_wait_is_between_zero_and_thirty_seconds() => Lines(Waits).Check(lines =>
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
