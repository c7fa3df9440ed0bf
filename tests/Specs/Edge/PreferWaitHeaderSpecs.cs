using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.Extensions.Primitives;
using TreasureHunt.Api.Claims;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Edge;

/// <summary><c>Prefer: wait=n</c> as RFC 7240 defines it. The rule of the edge proxy recognises the same headers.</summary>
public partial class PreferWaitHeaderSpecs
{
    [Theory]
    [InlineData("wait=5", 5)]
    [InlineData("WAIT=5", 5)]
    [InlineData("wait = 5", 5)]
    [InlineData(" \twait\t=\t5 ", 5)]
    [InlineData("wait=05", 5)]
    [InlineData("wait=000000000000000000000007", 7)]
    [InlineData("wait=\"5\"", 5)]
    [InlineData("wait=5;strict", 5)]
    [InlineData("wait=5 ; a=\"b,c\"", 5)]
    [InlineData("respond-async, wait=5", 5)]
    [InlineData("respond-async,,wait=5,", 5)]
    [InlineData("foo=\"wait=9, x\", wait=5", 5)]
    [InlineData("foo=\"a\\\"b, wait=9\", wait=5", 5)]
    [InlineData("wait=5, wait=9", 5)]
    [InlineData("wait=30", 30)]
    [InlineData("wait=31", 30)]
    [InlineData("wait=99999999999999999999", 30)]
    [InlineData("wait=0", 0)]
    [InlineData("wait=000", 0)]
    [InlineData("wait", 0)]
    [InlineData("wait=", 0)]
    [InlineData("wait=\"\"", 0)]
    [InlineData("wait, wait=5", 0)]
    [InlineData("wait=no, wait=5", 0)]
    [InlineData("wait=-5", 0)]
    [InlineData("wait=+5", 0)]
    [InlineData("wait=5.5", 0)]
    [InlineData("wait=5s", 0)]
    [InlineData("wait=5 5", 0)]
    [InlineData("wait=\"5", 0)]
    [InlineData("wait=5\"", 0)]
    [InlineData("wait=\"5;\"", 0)]
    [InlineData("wait;x=5", 0)]
    [InlineData("xwait=5", 0)]
    [InlineData("wait2=5", 0)]
    [InlineData("foo=\"wait=5", 0)]
    [InlineData("foo=\", wait=5", 0)]
    [InlineData("", 0)]
    public void The_first_wait_preference_counts_when_it_is_a_number_of_seconds(string header, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), PreferWaitHeader.Parse(header));
        Assert.Equal(seconds > 0, ProxyRuleMatches(header));
    }

    [Fact]
    public void Several_header_lines_count_as_one_list()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), PreferWaitHeader.Parse(new StringValues(["respond-async", "wait=5"])));
        Assert.Equal(TimeSpan.FromSeconds(5), PreferWaitHeader.Parse(new StringValues(["foo=\"a", "b\", wait=5"])));
        Assert.Equal(TimeSpan.FromSeconds(5), PreferWaitHeader.Parse(new StringValues(["wait=5", "wait=9", "", ""])));
        Assert.Equal(TimeSpan.Zero, PreferWaitHeader.Parse(new StringValues(["wait=5", "", "", "", ""])));
        Assert.Equal(TimeSpan.Zero, PreferWaitHeader.Parse(StringValues.Empty));
    }

    // Parts of preferences, so that most generated headers are almost valid.
    private static readonly string[] Pieces =
        ["wait", "WAIT", "wait", "foo", "=", "=", ",", ", ", ";", "\"", "\\", " ", "\t", "0", "5", "12", "99999999999", "-", "\"5\"", "wait=5", "x=\"a,b\"", "\\\""];

    private static readonly Gen<string> Header = Gen.Int[0, Pieces.Length - 1].Array[0, 10].Select(
        pieces => string.Concat(pieces.Select(piece => Pieces[piece])));

    [Fact]
    public void The_edge_proxy_and_the_Api_recognise_the_same_wait_preferences() => Header.Sample(
        header => Assert.Equal(PreferWaitHeader.Parse(header) > TimeSpan.Zero, ProxyRuleMatches(header)), iter: 20_000);

    private static bool ProxyRuleMatches(string header) => Rule.IsMatch(header);

    private static readonly Regex Rule = new(
        Waits().Match(File.ReadAllText(Repository.PathOf("deploy/haproxy/haproxy.cfg"))).Groups[1].Value,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex("(?m)^  acl waits .* -m reg -i '(.*)'$")]
    private static partial Regex Waits();
}
