using System.Globalization;
using System.Text;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Contracts;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Streams;

/// <summary>What the clients of a stream are told, and from where they may go on.</summary>
public sealed class BoardSpecs
{
    [Fact]
    public void A_new_client_is_told_the_hunt_and_then_every_treasure() =>
        Assert.Equal(["hunt open", "goose 5", "lamp 3"], Told(Board(Goose(10, left: 5), Lamp(11, left: 3)).After(ResumeToken.Nothing)));

    [Fact]
    public void However_often_a_treasure_changes_the_latest_state_is_told_once()
    {
        var board = Board(Goose(10, left: 5), Lamp(11, left: 3));
        var known = board.Version;

        board.Take(Goose(12, left: 4), Now);
        board.Take(Goose(13, left: 3), Now);
        board.Take(Goose(14, left: 2), Now);

        Assert.Equal(["goose 2"], Told(board.Since(known)));
    }

    [Fact]
    public void Clients_that_know_the_same_are_told_the_same_bytes()
    {
        var board = Board(Goose(10, left: 5));
        var known = board.Version;
        board.Take(Goose(12, left: 4), Now);

        Assert.Equal(board.Since(known).Bytes, board.Since(known).Bytes);
    }

    [Fact]
    public void Who_knows_everything_is_told_nothing() =>
        Assert.Empty(Told(Board(Goose(10, left: 5)) is var board ? board.Since(board.Version) : default));

    [Fact]
    public void A_change_that_is_overtaken_does_not_come_back()
    {
        var board = Board(Goose(10, left: 5));
        board.Take(Goose(14, left: 2), Now);
        var known = board.Version;

        board.Take(Goose(12, left: 4), Now);
        board.Take(Snapshot(complete: 12, Goose(12, left: 4)), Now);

        Assert.Equal(known, board.Version);
    }

    [Fact]
    public void A_treasure_hidden_later_appears()
    {
        var board = Board(Goose(10, left: 5));
        var known = board.Version;

        board.Take(Lamp(11, left: 3), Now);

        Assert.Equal(["lamp 3"], Told(board.Since(known)));
    }

    [Fact]
    public void A_reading_brings_what_got_lost_on_the_way()
    {
        var board = Board(Goose(10, left: 5), Lamp(11, left: 3));
        var known = board.Version;

        board.Take(Snapshot(complete: 20, Goose(10, left: 5), Lamp(15, left: 1)), Now);

        Assert.Equal(["lamp 1"], Told(board.Since(known)));
    }

    [Fact]
    public void A_hunt_that_opens_by_the_clock_shows_its_treasures()
    {
        var board = new HuntStreamState(Snapshot(complete: 10, Goose(10, left: 5)), At("17:59"));
        var known = board.Version;
        Assert.Equal(["hunt scheduled"], Told(board.Since(0)));

        board.Take(Snapshot(complete: 10, Goose(10, left: 5)), At("18:00"));

        Assert.Equal(["hunt open", "goose 5"], Told(board.Since(known)));
    }

    [Fact]
    public void Nothing_of_a_treasure_is_told_before_its_hunt_opens()
    {
        var board = new HuntStreamState(Snapshot(complete: 10, Goose(10, left: 5)), At("17:30"));
        var first = board.After(ResumeToken.Nothing);
        Assert.Equal(["hunt scheduled"], Told(first));

        board.Take(Goose(12, left: 6), At("17:31"));
        board.Take(Lamp(13, left: 3), At("17:32"));

        Assert.Empty(Told(board.Since(first.Version)));
        Assert.Equal(["hunt scheduled"], Told(board.After(PointOf(first))));
    }

    [Fact]
    public void Who_comes_back_after_the_opening_is_told_every_treasure_a_withdrawn_one_too()
    {
        var withdrawn = Lamp(11, left: 3);
        withdrawn = withdrawn with { Value = withdrawn.Value with { Withdrawn = true } };
        var board = new HuntStreamState(Snapshot(complete: 12, Goose(10, left: 5), withdrawn), At("17:59"));
        var point = PointOf(board.After(ResumeToken.Nothing));

        board.Take(Snapshot(complete: 12, Goose(10, left: 5), withdrawn), At("18:01"));

        Assert.Equal(["hunt open", "goose 5", "lamp withdrawn"], Told(board.After(point)));
    }

    [Fact]
    public void A_hunt_that_is_paused_is_told_and_its_treasures_are_not_when_they_look_the_same()
    {
        var board = Board(Goose(10, left: 5));
        var known = board.Version;

        board.Take(
            Hunt(20) is var hunt
                ? hunt with { Value = hunt.Value with { Window = hunt.Value.Window with { Pauses = [new Pause(At("18:30"), null)] } } }
                : default, Now);

        Assert.Equal(["hunt paused"], Told(board.Since(known)));
    }

    [Fact]
    public void Who_comes_back_is_told_the_hunt_and_only_what_changed()
    {
        var board = Board(Goose(10, left: 5), Lamp(11, left: 3));
        var point = PointOf(board.After(ResumeToken.Nothing));

        board.Take(Lamp(15, left: 1), Now);

        Assert.Equal(["hunt open", "lamp 1"], Told(board.After(point)));
    }

    [Fact]
    public void A_change_that_nobody_was_told_is_not_skipped_because_a_later_one_was_told()
    {
        // The lamp's change got lost on its way to this process; the goose's, which came later, did not.
        var here = Board(Goose(10, left: 5), Lamp(11, left: 3));
        here.Take(Goose(16, left: 4), Now);
        var point = PointOf(here.Since(0));

        var elsewhere = new HuntStreamState(Snapshot(complete: 16, Goose(16, left: 4), Lamp(15, left: 1)), Now);

        Assert.Contains("lamp 1", Told(elsewhere.After(point)));
    }

    [Fact]
    public void Who_was_away_when_a_clue_appeared_is_told()
    {
        var goose = Goose(10, left: 5) is var plain
            ? plain with { Value = plain.Value with { Clues = [new Clue("Where the river bends", At("19:10"))] } } : default;
        var point = PointOf(new HuntStreamState(Snapshot(complete: 12, goose, Lamp(11, left: 3)), Now).After(ResumeToken.Nothing));

        var later = new HuntStreamState(Snapshot(complete: 12, goose, Lamp(11, left: 3)), At("19:10"));

        Assert.Equal(["hunt open", "goose 5"], Told(later.After(point)));
    }

    [Fact]
    public void Who_was_away_when_the_hunt_changed_is_told_everything()
    {
        var point = PointOf(Board(Goose(10, left: 5), Lamp(11, left: 3)).After(ResumeToken.Nothing));
        var board = Board(Goose(10, left: 5), Lamp(11, left: 3));

        board.Take(Hunt(20), Now);

        Assert.Equal(["hunt open", "goose 5", "lamp 3"], Told(board.After(point)));
    }

    [Fact]
    public void Ids_never_go_back_and_come_with_the_last_event_of_what_is_told_together()
    {
        var board = Board(Goose(10, left: 5), Lamp(11, left: 3));
        var (told, points) = (0L, new List<ResumeToken>());
        for (var n = 1; n <= 50; n++)
        {
            // Readings may overtake each other; changes come between them.
            board.Take(n % 2 == 0 ? Goose(20 + n, left: 100 - n) : Lamp(20 + n, left: 100 - n), Now);
            board.Take(Snapshot(complete: 20 + (n % 3 == 0 ? n - 3 : n), Goose(10, left: 5)), Now.AddSeconds(n));
            var news = board.Since(told);
            told = news.Version;
            points.Add(PointOf(news));
        }

        Assert.Equal(points.OrderBy(point => point.Treasures).ThenBy(point => point.Hunt).ThenBy(point => point.At), points);
        Assert.EndsWith(
            string.Create(CultureInfo.InvariantCulture, $"\nid: {points[^1]}\n\n"), Encoding.UTF8.GetString(board.Since(0).Bytes.Span),
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
    public void An_id_reads_as_it_was_written_and_anything_else_means_nothing_was_told(string? id, long treasures, long hunt, long at)
    {
        var point = ResumeToken.Parse(id);

        Assert.Equal(new ResumeToken(treasures, hunt, at), point);
        Assert.Equal(id, point == ResumeToken.Nothing ? id : point.ToString());
    }
}
