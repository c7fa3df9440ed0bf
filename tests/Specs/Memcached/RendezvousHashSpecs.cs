using TreasureHunt.Platform.Memcached.Connections;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

public sealed class RendezvousHashSpecs
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 30_000).Select(n => $"th:treasure:{n}")];

    [Fact]
    public void Keys_spread_evenly()
    {
        var rendezvous = new RendezvousHash(["a:1", "b:1", "c:1"]);

        var counts = Keys.CountBy(rendezvous.IndexOf).ToDictionary();

        Assert.All(Enumerable.Range(0, 3), server => Assert.InRange(counts[server], 9_500, 10_500));
    }

    [Fact]
    public void Removing_a_server_moves_only_its_own_keys()
    {
        string[] three = ["a:1", "b:1", "c:1"];
        string[] two = ["a:1", "c:1"];
        var (before, after) = (new RendezvousHash(three), new RendezvousHash(two));

        Assert.All(
            Keys.Where(key => three[before.IndexOf(key)] != "b:1"),
            key => Assert.Equal(three[before.IndexOf(key)], two[after.IndexOf(key)]));
    }

    [Fact]
    public void The_order_in_the_configuration_does_not_matter()
    {
        string[] servers = ["a:1", "b:1", "c:1"];
        string[] reordered = ["c:1", "a:1", "b:1"];
        var (one, other) = (new RendezvousHash(servers), new RendezvousHash(reordered));

        Assert.All(Keys, key => Assert.Equal(servers[one.IndexOf(key)], reordered[other.IndexOf(key)]));
    }

    [Fact]
    public void The_hash_function_has_not_changed()
    {
        var rendezvous = new RendezvousHash(["127.0.0.1:11211", "127.0.0.1:11212", "127.0.0.1:11213"]);

        Assert.Equal("2021211201222202", string.Concat(Keys.Take(16).Select(rendezvous.IndexOf)));
    }
}
