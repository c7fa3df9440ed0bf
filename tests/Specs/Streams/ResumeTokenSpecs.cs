using System.Globalization;
using System.Text;
using TreasureHunt.Api.Streaming;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Streams;

/// <summary>The ids of the events of a stream.</summary>
public sealed class ResumeTokenSpecs
{
    [Fact]
    public void Ids_never_decrease_and_come_with_the_last_event_of_a_batch()
    {
        var state = StateWith(Goose(10, left: 5), Lamp(11, left: 3));
        var (sentVersion, tokens) = (0L, new List<ResumeToken>());
        for (var n = 1; n <= 50; n++)
        {
            // Snapshots can arrive out of order, with changes between them.
            state.Apply(n % 2 == 0 ? Goose(20 + n, left: 100 - n) : Lamp(20 + n, left: 100 - n), Now);
            state.Apply(Snapshot(complete: 20 + (n % 3 == 0 ? n - 3 : n), Goose(10, left: 5)), Now.AddSeconds(n));
            var delta = state.ChangesSince(sentVersion);
            sentVersion = delta.Version;
            tokens.Add(ResumeTokenOf(delta));
        }

        Assert.Equal(tokens.OrderBy(token => token.Treasures).ThenBy(token => token.Hunt).ThenBy(token => token.At), tokens);
        Assert.EndsWith(
            string.Create(CultureInfo.InvariantCulture, $"\nid: {tokens[^1]}\n\n"),
            Encoding.UTF8.GetString(state.ChangesSince(0).Bytes.Span),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4711-4650-1795471200", 4711, 4650, 1795471200)]
    [InlineData("", 0, 0, 0)]
    [InlineData("4711", 0, 0, 0)]
    [InlineData("4711-4650", 0, 0, 0)]
    [InlineData("4711-4650-1-1", 0, 0, 0)]
    [InlineData("-1-4650-1795471200", 0, 0, 0)]
    [InlineData("4711-4650-9223372036854775807", 0, 0, 0)]
    [InlineData(null, 0, 0, 0)]
    public void A_resume_token_is_parsed_and_any_other_text_means_the_beginning(string? id, long treasures, long hunt, long at)
    {
        var token = ResumeToken.Parse(id);

        Assert.Equal(new ResumeToken(treasures, hunt, at), token);
        Assert.Equal(id, token == ResumeToken.Start ? id : token.ToString());
    }
}
