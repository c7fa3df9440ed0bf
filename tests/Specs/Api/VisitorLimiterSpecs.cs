using System.Net;
using TreasureHunt.Api.Visitors;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Api;

public class VisitorLimiterSpecs
{
    [Fact]
    public void Visitor_ids_are_unique()
    {
        var ids = Enumerable.Range(0, 200_000).Select(_ => Ids.FreshVisitor()).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(IdentifierRules.IsPlayer(id)));
        Assert.All(ids.Take(100), id => Assert.Matches("^visitor-[0-9a-f]{32}$", id));
    }

    [Fact]
    public void An_address_gets_five_visitor_tokens_at_once()
    {
        using var limiter = new VisitorLimiter(new VisitorOptions());

        Assert.Equal(5, Enumerable.Range(0, 60).Count(_ => limiter.Take(IPAddress.Parse("203.0.113.7")) is null));
        Assert.Null(limiter.Take(IPAddress.Parse("203.0.113.8")));
        Assert.InRange(limiter.Take(IPAddress.Parse("203.0.113.7"))!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void The_addresses_of_an_IPv6_network_share_one_limit()
    {
        using var limiter = new VisitorLimiter(new VisitorOptions());

        Assert.Equal(5, Enumerable.Range(0, 60).Count(n => limiter.Take(IPAddress.Parse($"2001:db8:0:1::{n + 1:x}")) is null));
        Assert.Null(limiter.Take(IPAddress.Parse("2001:db8:0:2::1")));
        Assert.Null(limiter.Take(null));
    }
}
