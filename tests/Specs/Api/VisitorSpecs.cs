using System.Net;
using TreasureHunt.Api.Visitors;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Api;

public class VisitorSpecs
{
    [Fact]
    public void No_two_visitors_are_one_player()
    {
        var ids = Enumerable.Range(0, 200_000).Select(_ => Ids.FreshVisitor()).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(IdentifierRules.IsPlayer(id)));
        Assert.All(ids.Take(100), id => Assert.Matches("^visitor-[0-9a-f]{32}$", id));
    }

    [Fact]
    public void Sixty_visitors_at_once_from_one_address_are_five()
    {
        using var limiter = new VisitorLimiter(new VisitorOptions());

        Assert.Equal(5, Enumerable.Range(0, 60).Count(_ => limiter.TryTake(IPAddress.Parse("203.0.113.7")) is null));
        Assert.Null(limiter.TryTake(IPAddress.Parse("203.0.113.8")));
        Assert.InRange(limiter.TryTake(IPAddress.Parse("203.0.113.7"))!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void The_addresses_of_one_IPv6_network_count_together()
    {
        using var limiter = new VisitorLimiter(new VisitorOptions());

        Assert.Equal(5, Enumerable.Range(0, 60).Count(n => limiter.TryTake(IPAddress.Parse($"2001:db8:0:1::{n + 1:x}")) is null));
        Assert.Null(limiter.TryTake(IPAddress.Parse("2001:db8:0:2::1")));
        Assert.Null(limiter.TryTake(null));
    }
}
