using TreasureHunt.Platform.Memcached;
using TreasureHunt.Projections.Memcached;
using TreasureHunt.ReadModels;
using Xunit;
using static TreasureHunt.Integration.Memcached.RealServer;

namespace TreasureHunt.Integration.Memcached;

/// <summary>Whatever the order of the writes, the newest stays.</summary>
public sealed class SetIfNewerTests(RealServer server) : IClassFixture<RealServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Newer_replaces_older_and_nothing_else()
    {
        var key = server.FreshKey();

        Assert.Equal(ConditionalWrite.Stored, await WriteAsync(key, 5));
        Assert.Equal(ConditionalWrite.Kept, await WriteAsync(key, 5));
        Assert.Equal(ConditionalWrite.Kept, await WriteAsync(key, 4));
        Assert.Equal(ConditionalWrite.Stored, await WriteAsync(key, 6));
        Assert.Equal(6, await SequenceOfAsync(key));
    }

    [Fact]
    public async Task Racing_writers_leave_the_newest_and_readers_never_see_time_go_back()
    {
        var key = server.FreshKey();
        var sequences = Enumerable.Range(1, 500).ToArray();
        using var written = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            for (long last = 0; !written.IsCancellationRequested;)
            {
                var read = await server.Client.GetAsync(key, Cancellation);
                if (read.Status == CacheStatus.Miss)
                {
                    continue;
                }

                var now = VersionedValue.Parse(read.Value).Sequence;
                Assert.True(now >= last, $"{now} after {last}");
                last = now;
            }
        }, Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var shuffled = sequences.ToArray();
            new Random(writer).Shuffle(shuffled);
            foreach (var sequence in shuffled)
            {
                await WriteAsync(key, sequence);
            }
        })));

        await written.CancelAsync();
        await reading;
        Assert.Equal(500, await SequenceOfAsync(key));
    }

    [Fact]
    public async Task A_write_ends_the_lease_of_a_reader_that_holds_something_older()
    {
        var key = server.FreshKey();
        var lease = (await server.Client.GetAsync(key, Cancellation)).Lease!.Value;

        Assert.Equal(ConditionalWrite.Stored, await WriteAsync(key, 9));

        Assert.False(await server.Client.FillAsync(key, lease, Bytes("8|{}"), Ttl, Cancellation));
        Assert.Equal(9, await SequenceOfAsync(key));
    }

    [Fact]
    public async Task A_write_that_is_ignored_leaves_the_lease_of_a_stale_value_to_a_reader()
    {
        var key = server.FreshKey();
        await WriteAsync(key, 9);
        await server.Client.MarkStaleAsync(key, Cancellation);

        Assert.Equal(ConditionalWrite.Kept, await WriteAsync(key, 8));

        var read = await server.Client.GetAsync(key, Cancellation);
        Assert.True(read.Stale);
        Assert.True(await server.Client.FillAsync(key, read.Lease!.Value, Bytes("10|{}"), Ttl, Cancellation));
    }

    private async Task<ConditionalWrite> WriteAsync(string key, long sequence) =>
        await server.Client.SetIfNewerAsync(key, new VersionedValue(sequence, Bytes("{}")), Ttl, Cancellation);

    private async Task<long> SequenceOfAsync(string key) =>
        VersionedValue.Parse((await server.Client.GetAsync(key, Cancellation)).Value).Sequence;
}
