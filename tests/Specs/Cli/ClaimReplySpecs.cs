using System.Net;
using System.Text;
using TreasureHunt.LoadGenerator.Http;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class ClaimReplySpecs
{
    private const string Id = "5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1";

    [Theory]
    [InlineData(200, """{"claimId":"5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1","outcome":"won","reason":null}""", ClaimReplyKind.Decided, "won", null)]
    [InlineData(200, """{"claimId":"5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1","outcome":"rejected","reason":"proof-wrong"}""", ClaimReplyKind.Decided, "rejected", "proof-wrong")]
    [InlineData(202, """{"claimId":"5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1","outcome":"pending","pollAfterMs":300}""", ClaimReplyKind.Pending, "pending", null)]
    [InlineData(200, """{"claimId":"5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1","outcome":"pending"}""", ClaimReplyKind.Pending, "pending", null)]
    [InlineData(409, """{"type":"urn:treasure-hunt:problem:hunt-closed","outcome":"no"}""", ClaimReplyKind.Refused, "hunt-closed", null)]
    [InlineData(404, """{"type":"about:blank"}""", ClaimReplyKind.Refused, "http-404", null)]
    [InlineData(429, """{"type":"urn:treasure-hunt:problem:intake-full"}""", ClaimReplyKind.Busy, "intake-full", null)]
    [InlineData(503, """{"type":"urn:treasure-hunt:problem:outcome-unknown"}""", ClaimReplyKind.Unsure, "outcome-unknown", null)]
    [InlineData(502, "<html>Bad gateway</html>", ClaimReplyKind.Unsure, "http-502", null)]
    [InlineData(408, "", ClaimReplyKind.Unsure, "http-408", null)]
    [InlineData(200, "{\"outcome\":\"wo", ClaimReplyKind.Unsure, "http-200", null)]
    [InlineData(200, "{\"outcome\":\"lucky\"}", ClaimReplyKind.Unsure, "http-200", null)]
    [InlineData(200, "", ClaimReplyKind.Unsure, "http-200", null)]
    public void Status_and_body_determine_the_kind_of_a_reply(int status, string body, ClaimReplyKind kind, string what, string? reason)
    {
        var reply = ClaimReply.Read((HttpStatusCode)status, Encoding.UTF8.GetBytes(body));

        Assert.Equal((kind, what, reason), (reply.Kind, reply.Result, reply.Reason));
        Assert.Equal(kind is ClaimReplyKind.Decided or ClaimReplyKind.Pending ? Guid.Parse(Id) : null, reply.ClaimId);
    }

    [Fact]
    public void A_pending_reply_contains_the_poll_interval() =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(300),
            ClaimReply.Read(HttpStatusCode.Accepted, """{"outcome":"pending","pollAfterMs":300}"""u8).RetryAfter);

    [Fact]
    public void Only_the_fields_of_the_claim_itself_count() =>
        Assert.Equal("rejected", ClaimReply.Read(HttpStatusCode.OK, """{"outcome":"rejected","nested":{"outcome":"won"}}"""u8).Result);
}
