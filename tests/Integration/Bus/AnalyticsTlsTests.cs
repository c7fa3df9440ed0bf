using RabbitMQ.Client;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Messaging;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>The analytics client uses TLS and checks the certificate of the broker.</summary>
public sealed class AnalyticsTlsTests(SharedEngine engine) : BrokerTlsTests(engine)
{
    [Fact]
    public async Task The_analytics_client_connects_over_TLS()
    {
        await using var terminator = new TlsTerminator(Authority.Issue(Localhost));

        await using var connection = await Factory(terminator).CreateConnectionAsync(TestContext.Current.CancellationToken);

        Assert.True(connection.IsOpen);
    }

    [Theory]
    [InlineData("broker.example", true)]
    [InlineData(Localhost, false)]
    public async Task The_analytics_client_sends_nothing_to_a_broker_with_an_invalid_certificate(string name, bool isTrusted)
    {
        using var other = new TestAuthority();
        await using var terminator = new TlsTerminator((isTrusted ? Authority : other).Issue(name));

        await Assert.ThrowsAnyAsync<Exception>(() => Factory(terminator).CreateConnectionAsync(TestContext.Current.CancellationToken));

        await Poll.Until("the connection is closed", () => terminator.Refused > 0);
        Assert.Equal(0, terminator.Received);
    }

    private ConnectionFactory Factory(TlsTerminator terminator) =>
        new BrokerAddress(AddressOf(terminator).ToString(), new RabbitMqOptions { CaFile = Authority.File }).CreateConnectionFactory(
            "test");
}
