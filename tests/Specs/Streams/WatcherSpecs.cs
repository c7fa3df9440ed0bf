using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Specs.Memcached;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;

namespace TreasureHunt.Specs.Streams;

/// <summary>One client of a stream, quick or slow.</summary>
public sealed class WatcherSpecs
{
    private readonly ManualTime _time = new();
    private readonly HuntStreamState _board = Board(Goose(10, left: 5), Lamp(11, left: 3));

    // A client that reads nothing lets at most so many bytes stand: less than the first news.
    private readonly Pipe _line = new(new PipeOptions(
        writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 100, resumeWriterThreshold: 50, useSynchronizationContext: false));

    private SseSubscriber Client
    {
        get
        {
            if (field is null)
            {
                field = new SseSubscriber(_line.Writer, _time);
                field.Begin("retry: 1000\n\n"u8, _board.After(ResumeToken.Nothing));
            }

            return field;
        }
    }

    [Fact]
    public void A_client_hears_first_when_to_come_back_and_then_all_there_is()
    {
        _ = Client;

        var heard = Heard();

        Assert.StartsWith("retry: 1000\n\nevent: hunt\n", heard, StringComparison.Ordinal);
        Assert.Equal(["hunt open", "goose 5", "lamp 3"], Told(heard));
    }

    [Fact]
    public void A_client_that_takes_its_time_hears_the_latest_state_and_nothing_of_what_it_missed()
    {
        Client.Push(_board);
        for (var left = 4; left > 0; left--)
        {
            _board.Take(Goose(20 - left, left), Now);
            Client.Push(_board);
        }

        Assert.Equal(["hunt open", "goose 5", "lamp 3"], Told(Heard()));
        Client.Push(_board);
        Assert.Equal(["goose 1"], Told(Heard()));
        Client.Push(_board);
        Assert.Equal("", Heard());
    }

    [Fact]
    public void A_client_that_takes_nothing_is_dropped()
    {
        Client.Push(_board);
        _time.Advance(SseSubscriber.WriteTimeout - TimeSpan.FromMilliseconds(1));
        Client.Push(_board);
        Assert.False(Client.Left.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Client.Push(_board);

        Assert.True(Client.Left.IsCompleted);
        Assert.True(Client.Dropped);
        Assert.True(Client.Owes);
    }

    [Fact]
    public void A_client_that_takes_what_it_is_told_stays_however_long_it_takes_in_all()
    {
        for (var n = 0; n < 20; n++)
        {
            _board.Take(Goose(20 + n, left: 50 - n), Now);
            Client.Push(_board);
            _time.Advance(SseSubscriber.WriteTimeout - TimeSpan.FromMilliseconds(1));
            Heard();
        }

        Client.Push(_board);

        Assert.False(Client.Left.IsCompleted);
    }

    [Fact]
    public void A_client_on_a_slow_line_gets_through_a_first_snapshot_that_takes_minutes()
    {
        var board = Board([.. Enumerable.Range(0, 2_000).Select(n => Numbered(n))]);
        var client = new SseSubscriber(_line.Writer, _time);
        client.Begin("retry: 1000\n\n"u8, board.After(ResumeToken.Nothing));

        var heard = new StringBuilder();
        for (var taken = Heard(); taken.Length > 0; taken = Heard())
        {
            heard.Append(taken);
            _time.Advance(SseSubscriber.WriteTimeout - TimeSpan.FromMilliseconds(1));
            client.Push(board);
            Assert.False(client.Left.IsCompleted);
        }

        Assert.Equal(2_001, Told(heard.ToString()).Count());
    }

    [Fact]
    public void A_client_that_stops_taking_in_the_middle_is_dropped()
    {
        var board = Board([.. Enumerable.Range(0, 2_000).Select(n => Numbered(n))]);
        var client = new SseSubscriber(_line.Writer, _time);
        client.Begin("retry: 1000\n\n"u8, board.After(ResumeToken.Nothing));
        Heard();

        _time.Advance(SseSubscriber.WriteTimeout);
        client.Push(board);

        Assert.True(client.Dropped);
    }

    [Fact]
    public void A_client_that_hears_nothing_for_a_while_hears_that_the_connection_lives()
    {
        _ = Client;
        Heard();
        Client.Push(_board);
        Assert.Equal("", Heard());

        _time.Advance(SseSubscriber.HeartbeatInterval);
        Client.Push(_board);

        Assert.Equal(": keep-alive\n\n", Heard());
    }

    [Fact]
    public void Nothing_is_written_to_a_client_that_has_left()
    {
        _ = Client;
        Heard();
        Client.Leave();
        _board.Take(Goose(20, left: 1), Now);

        Client.Push(_board);

        Assert.True(Client.Left.IsCompleted);
        Assert.False(Client.Dropped);
        Assert.Equal("", Heard());
    }

    [Fact]
    public void A_client_that_hangs_up_is_let_go()
    {
        _ = Client;
        _line.Reader.Complete();
        _board.Take(Goose(20, left: 1), Now);

        Client.Push(_board);
        Client.Push(_board);

        Assert.True(Client.Left.IsCompleted);
        Assert.False(Client.Dropped);
    }

    private string Heard()
    {
        if (!_line.Reader.TryRead(out var read))
        {
            return "";
        }

        var text = Encoding.UTF8.GetString(read.Buffer.ToArray());
        _line.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }
}
