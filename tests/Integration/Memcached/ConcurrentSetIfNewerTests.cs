using TreasureHunt.Platform.Memcached;
using TreasureHunt.Projections.Memcached;
using TreasureHunt.ReadModels;
using Xunit;
using static TreasureHunt.Integration.Memcached.MemcachedFixture;

namespace TreasureHunt.Integration.Memcached;

/// <summary>Concurrent conditional writes and reads.</summary>
public sealed class ConcurrentSetIfNewerTests(MemcachedFixture server) : IClassFixture<MemcachedFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_writers_leave_the_newest_value_and_reads_are_monotonic()
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

    private async Task<ConditionalWrite> WriteAsync(string key, long sequence) =>
        await server.Client.SetIfNewerAsync(key, new VersionedValue(sequence, Bytes("{}")), Ttl, Cancellation);

    private async Task<long> SequenceOfAsync(string key) =>
        VersionedValue.Parse((await server.Client.GetAsync(key, Cancellation)).Value).Sequence;
}
