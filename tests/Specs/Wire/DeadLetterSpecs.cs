using System.Text;
using RabbitMQ.Client;
using TreasureHunt.Commands.DeadLettering;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The display of a dead letter and its return to the queue.</summary>
public class DeadLetterSpecs
{
    [Theory]
    [InlineData("""{"message":{"claims":[{"playerId":"alice","proof":"open sesame"}]}}""")]
    [InlineData("""{"Proof":"open sesame"}""")]
    [InlineData("""{"proof":{"salt":"open sesame","hash":"open sesame"}}""")]
    [InlineData("""{"proof":"open sesame","proof":"open sesame"}""")]
    [InlineData("""{"playerId":"alice","proof":"open \"sesame""")]
    [InlineData("""{"proof": "open sesame" """)]
    public void Proofs_are_masked(string body) => Assert.DoesNotContain("sesame", Of(body).Body, StringComparison.Ordinal);

    [Fact]
    public void A_body_that_is_not_JSON_is_shown_unchanged() => Assert.Equal("this is no JSON", Of("this is no JSON").Body);

    [Theory]
    [InlineData("MT-Fault-Message", "claimId is missing.", "claimId is missing.")]
    [InlineData("x-first-death-reason", "delivery_limit", "It was delivered too often: each worker that received it ended before deciding it.")]
    [InlineData("x-first-death-reason", "maxlen", "The broker moved it: maxlen.")]
    [InlineData("anything", "else", "Unknown.")]
    public void The_reason_is_read_from_a_header(string header, string value, string reason) =>
        Assert.Equal(reason, Of("{}", new() { [header] = Encoding.UTF8.GetBytes(value) }).Reason);

    [Fact]
    public void A_returned_message_has_no_failure_headers() => Assert.Equal(
        ["MT-Activity-Id"],
        DeadLetter.WithoutFailure(new Dictionary<string, object?>
        {
            ["MT-Activity-Id"] = "00-1-2-01",
            ["MT-Fault-Message"] = "broken",
            ["MT-Reason"] = "fault",
            ["x-death"] = new List<object>(),
            ["x-first-death-queue"] = "claims-0",
            ["x-delivery-count"] = 3,
        }).Keys);

    [Fact]
    public void The_same_message_has_the_same_id()
    {
        Assert.Equal(Of("{}").Id, Of("{}", new() { ["MT-Reason"] = "fault" }).Id);
        Assert.NotEqual(Of("{}").Id, Of("{} ").Id);
    }

    private static DeadLetter Of(string body, Dictionary<string, object?>? headers = null) =>
        DeadLetter.Of(new BasicProperties { Headers = headers }, Encoding.UTF8.GetBytes(body));
}
