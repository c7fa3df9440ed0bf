using Microsoft.AspNetCore.Http;
using TreasureHunt.Api.Claims;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The requests that the fast route takes, if it knows the token.</summary>
public class FastClaimRouteSpecs
{
    [Theory]
    [InlineData("/v1/treasures/goose/claims", null, null)]
    [InlineData("/v1/treasures/claims/claims", null, 0L)]
    [InlineData("/v1/treasures/goose/claims", "application/json", 4096L)]
    [InlineData("/v1/treasures/goose/claims", "application/json; charset=utf-8", 2L)]
    public void A_plain_claim_takes_the_fast_route(string path, string? type, long? length) =>
        Assert.Equal(path.Split('/')[3], FastClaimRoute.TreasureOf(Request(path, type, length)));

    [Theory]
    [InlineData("/v1/treasures/goose/claims", "text/plain", null)]
    [InlineData("/v1/treasures/goose/claims", "application/json;charset=utf-8", 2L)]
    [InlineData("/v1/treasures/goose/claims", "application/json", 4097L)]
    [InlineData("/v1/treasures/Goose/claims", null, null)]
    [InlineData("/v1/treasures/a/b/claims", null, null)]
    [InlineData("/v1/treasures//claims", null, null)]
    [InlineData("/v1/treasures/claims", null, null)]
    [InlineData("/v1/treasures/goose/claims/", null, null)]
    [InlineData("/v1/treasures/goose/restock", null, null)]
    [InlineData("/V1/treasures/goose/claims", null, null)]
    public void Another_request_takes_the_ordinary_route(string path, string? type, long? length) =>
        Assert.Null(FastClaimRoute.TreasureOf(Request(path, type, length)));

    [Fact]
    public void A_request_with_another_method_a_query_an_origin_or_chunks_takes_the_ordinary_route()
    {
        Assert.All(
            new Action<HttpRequest>[]
            {
                request => request.Method = "post",
                request => request.Method = "GET",
                request => request.QueryString = new QueryString("?a=b"),
                request => request.Headers.Origin = "https://shop.example",
                request => request.Headers.TransferEncoding = "chunked",
            },
            change =>
            {
                var request = Request("/v1/treasures/goose/claims", null, null);
                change(request);
                Assert.Null(FastClaimRoute.TreasureOf(request));
            });
    }

    private static HttpRequest Request(string path, string? type, long? length)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.ContentType, request.ContentLength) = ("POST", path, type, length);
        return request;
    }
}
