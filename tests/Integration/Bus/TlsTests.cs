using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Messaging;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>With <c>amqps</c> both clients use TLS and check the certificate of the broker.</summary>
public sealed class TlsTests(SharedEngine engine) : BrokerTlsTests(engine)
{
    [Fact]
    public async Task An_Api_accepts_claims_over_TLS()
    {
        await using var terminator = new TlsTerminator(Authority.Issue(Localhost));
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var api =
            await Engine.StartHost(
                "api-tls", ("ConnectionStrings__RabbitMq", AddressOf(terminator).ToString()), ("RabbitMq__CaFile", Authority.File));

        Assert.Equal(Outcomes.Won, (await Engine.Player("alice", api.Name).Claim(treasureId, "key")).Outcome);

        await api.Kill();
        await Poll.Until("the connection is closed", () => terminator.Received > 0);
    }

    [Theory]
    [InlineData("broker.example", true)]
    [InlineData(Localhost, false)]
    public async Task The_bus_sends_nothing_to_a_broker_with_an_invalid_certificate(string name, bool isTrusted)
    {
        using var other = new TestAuthority();
        await using var terminator = new TlsTerminator((isTrusted ? Authority : other).Issue(name));
        await using var services = new ServiceCollection().AddLogging().AddBus(
            new ConfigurationBuilder().AddInMemoryCollection([new("RabbitMq:CaFile", Authority.File)]).Build(),
            AddressOf(terminator).ToString(),
            _ => { },
            (_, rabbit) =>
                rabbit.ReceiveEndpoint(
                    $"{BusNames.ApiAnswersPrefix}{Ids.Fresh():N}", endpoint => (endpoint.AutoDelete, endpoint.Durable) = (true, false)))
                        .BuildServiceProvider();

        using var stop = new CancellationTokenSource();
        var starting = services.GetRequiredService<IBusControl>().StartAsync(stop.Token);
        await Poll.Until("the connection is closed", () => terminator.Refused > 0);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => starting);

        Assert.Equal(0, terminator.Received);
    }
}
