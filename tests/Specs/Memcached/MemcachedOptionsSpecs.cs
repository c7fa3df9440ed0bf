using System.Net;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Memcached.Connections;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

public sealed class MemcachedOptionsSpecs
{
    [Fact]
    public void A_connection_string_lists_servers() =>
        Assert.Equal(["127.0.0.1:17011", "cache-2"], MemcachedOptions.Parse("127.0.0.1:17011, cache-2").Servers);

    [Theory]
    [InlineData("127.0.0.1:17011", "127.0.0.1:17011")]
    [InlineData("127.0.0.1", "127.0.0.1:11211")]
    [InlineData("[::1]:17011", "[::1]:17011")]
    [InlineData("[::1]", "[::1]:11211")]
    public void Addresses_are_parsed(string name, string address) => Assert.Equal(IPEndPoint.Parse(address), ServerName.Parse(name));

    [Fact]
    public void Host_names_are_parsed() => Assert.Equal(new DnsEndPoint("cache", 17011), ServerName.Parse("cache:17011"));

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("cache:0")]
    [InlineData("cache:65536")]
    [InlineData("cache:eleven")]
    [InlineData("cache:")]
    [InlineData(":11211")]
    [InlineData("::1")]
    [InlineData("two words:11211")]
    [InlineData("cache:11211,cache:11211")]
    public void An_invalid_connection_string_is_refused(string connectionString) =>
        Assert.Throws<ArgumentException>(() => MemcachedOptions.Parse(connectionString));

    [Fact]
    public void Ranges_are_checked()
    {
        Action<MemcachedOptions>[] mistakes =
        [
            o => o.Timeout = TimeSpan.Zero,
            o => o.ConnectTimeout = TimeSpan.FromMinutes(2),
            o => o.StallTimeout = o.Timeout / 2,
            o => o.ReconnectDelay = TimeSpan.Zero,
            o => o.MaxReconnectDelay = o.ReconnectDelay / 2,
            o => o.MaxPending = 0,
            o => o.MaxUnsentBytes = 1,
            o => o.MaxValueBytes = 0,
            o => o.LeaseTtl = TimeSpan.FromMilliseconds(999),
        ];

        Assert.All(mistakes, mistake =>
        {
            var options = MemcachedOptions.Parse("cache");
            mistake(options);
            Assert.Throws<ArgumentOutOfRangeException>(options.Validate);
        });
    }
}
