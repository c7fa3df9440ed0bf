using TreasureHunt.Platform.Memcached.Connections;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

public sealed class RendezvousSpecs
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 30_000).Select(n => $"th:treasure:{n}")];

    [Fact]
    public void Keys_spread_evenly()
    {
        var rendezvous = new Rendezvous(["a:1", "b:1", "c:1"]);

        var counts = Keys.CountBy(rendezvous.ServerOf).ToDictionary();

        Assert.All(Enumerable.Range(0, 3), server => Assert.InRange(counts[server], 9_500, 10_500));
    }

    [Fact]
    public void A_server_that_leaves_takes_only_its_own_keys_along()
    {
        string[] three = ["a:1", "b:1", "c:1"];
        string[] two = ["a:1", "c:1"];
        var (before, after) = (new Rendezvous(three), new Rendezvous(two));

        Assert.All(
            Keys.Where(key => three[before.ServerOf(key)] != "b:1"),
            key => Assert.Equal(three[before.ServerOf(key)], two[after.ServerOf(key)]));
    }

    [Fact]
    public void The_order_in_the_configuration_does_not_matter()
    {
        string[] here = ["a:1", "b:1", "c:1"];
        string[] there = ["c:1", "a:1", "b:1"];
        var (one, other) = (new Rendezvous(here), new Rendezvous(there));

        Assert.All(Keys, key => Assert.Equal(here[one.ServerOf(key)], there[other.ServerOf(key)]));
    }

    [Fact]
    public void The_arithmetic_never_changes()
    {
        var rendezvous = new Rendezvous(["127.0.0.1:11211", "127.0.0.1:11212", "127.0.0.1:11213"]);

        Assert.Equal("2021211201222202", string.Concat(Keys.Take(16).Select(rendezvous.ServerOf)));
    }
}
