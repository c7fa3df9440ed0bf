using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Messaging;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary><c>amqps</c> is TLS in both clients, with a broker whose certificate is checked.</summary>
public sealed class TlsTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Here = "127.0.0.1";

    private readonly TestAuthority _authority = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task An_api_takes_claims_in_over_tls()
    {
        await using var front = new TlsFront(_authority.Issue(Here));
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var api =
            await Engine.Add("api-tls", ("ConnectionStrings__RabbitMq", Through(front).ToString()), ("RabbitMq__CaFile", _authority.File));

        Assert.Equal(Outcomes.Won, (await Engine.Player("alice", api.Name).Claim(treasureId, "key")).Outcome);

        await api.Kill();
        await Until.True("its connection is closed", () => front.Received > 0);
    }

    [Fact]
    public async Task The_client_for_analytics_connects_over_tls()
    {
        await using var front = new TlsFront(_authority.Issue(Here));

        await using var connection = await Factory(front).CreateConnectionAsync(TestContext.Current.CancellationToken);

        Assert.True(connection.IsOpen);
    }

    [Theory]
    [InlineData("broker.example", true)]
    [InlineData(Here, false)]
    public async Task The_client_for_analytics_tells_nothing_to_a_broker_with_the_certificate_of_another(string name, bool isTrusted)
    {
        using var other = new TestAuthority();
        await using var front = new TlsFront((isTrusted ? _authority : other).Issue(name));

        await Assert.ThrowsAnyAsync<Exception>(() => Factory(front).CreateConnectionAsync(TestContext.Current.CancellationToken));

        await Until.True("the connection is closed", () => front.Refused > 0);
        Assert.Equal(0, front.Received);
    }

    [Theory]
    [InlineData("broker.example", true)]
    [InlineData(Here, false)]
    public async Task The_bus_tells_nothing_to_a_broker_with_the_certificate_of_another(string name, bool isTrusted)
    {
        using var other = new TestAuthority();
        await using var front = new TlsFront((isTrusted ? _authority : other).Issue(name));
        await using var services = new ServiceCollection().AddLogging().AddBus(
            new ConfigurationBuilder().AddInMemoryCollection(
                [new("ConnectionStrings:RabbitMq", Through(front).ToString()), new("RabbitMq:CaFile", _authority.File)]).Build(),
            _ => { },
            (_, rabbit) =>
                rabbit.ReceiveEndpoint(
                    $"{BusNames.Answers}{Ids.Fresh():N}", endpoint => (endpoint.AutoDelete, endpoint.Durable) = (true, false)))
                        .BuildServiceProvider();

        using var stop = new CancellationTokenSource();
        var starting = services.GetRequiredService<IBusControl>().StartAsync(stop.Token);
        await Until.True("the connection is closed", () => front.Refused > 0);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => starting);

        Assert.Equal(0, front.Received);
    }

    private Uri Through(TlsFront front) => new UriBuilder(Engine.Bus.AddressOf("api")) { Scheme = "amqps", Port = front.Port }.Uri;

    private ConnectionFactory Factory(TlsFront front) =>
        new BrokerAddress(Through(front).ToString(), new RabbitMqOptions { CaFile = _authority.File }).CreateConnectionFactory("test");
}
