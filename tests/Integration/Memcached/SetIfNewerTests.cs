using TreasureHunt.Platform.Memcached;
using TreasureHunt.Projections.Memcached;
using TreasureHunt.ReadModels;
using Xunit;
using static TreasureHunt.Integration.Memcached.MemcachedFixture;

namespace TreasureHunt.Integration.Memcached;

/// <summary>The newest value stays, in any order of the writes.</summary>
public sealed class SetIfNewerTests(MemcachedFixture server) : IClassFixture<MemcachedFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_a_newer_value_replaces_another()
    {
        var key = server.FreshKey();

        Assert.Equal(ConditionalWrite.Stored, await WriteAsync(key, 5));
        Assert.Equal(ConditionalWrite.Kept, await WriteAsync(key, 5));
        Assert.Equal(ConditionalWrite.Kept, await WriteAsync(key, 4));
        Assert.Equal(ConditionalWrite.Stored, await WriteAsync(key, 6));
        Assert.Equal(6, await SequenceOfAsync(key));
    }

    [Fact]
    public async Task A_write_invalidates_the_lease_of_an_older_fill()
    {
        var key = server.FreshKey();
        var lease = (await server.Client.GetAsync(key, Cancellation)).Lease!.Value;

        Assert.Equal(ConditionalWrite.Stored, await WriteAsync(key, 9));

        Assert.False(await server.Client.FillAsync(key, lease, Bytes("8|{}"), Ttl, Cancellation));
        Assert.Equal(9, await SequenceOfAsync(key));
    }

    private async Task<ConditionalWrite> WriteAsync(string key, long sequence) =>
        await server.Client.SetIfNewerAsync(key, new VersionedValue(sequence, Bytes("{}")), Ttl, Cancellation);

    private async Task<long> SequenceOfAsync(string key) =>
        VersionedValue.Parse((await server.Client.GetAsync(key, Cancellation)).Value).Sequence;
}
