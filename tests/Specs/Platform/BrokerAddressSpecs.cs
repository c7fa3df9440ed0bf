using TreasureHunt.Platform.Messaging;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The parsing of <c>ConnectionStrings__RabbitMq</c>.</summary>
public sealed class BrokerAddressSpecs
{
    [Theory]
    [InlineData("amqp://api:secret@broker:5680/hunt", "broker", 5680, "hunt", "api", "secret", false)]
    [InlineData("amqp://api:secret@broker", "broker", 5672, "/", "api", "secret", false)]
    [InlineData("amqps://api:secret@broker.example/hunt", "broker.example", 5671, "hunt", "api", "secret", true)]
    [InlineData("amqps://api:secret@127.0.0.1:5672/", "127.0.0.1", 5672, "/", "api", "secret", true)]
    [InlineData("amqp://a%3Ab:p%40ss%2Fword%25@broker/a%2Fb", "broker", 5672, "a/b", "a:b", "p@ss/word%", false)]
    [InlineData("AMQPS://api:with:colon@broker/hunt", "broker", 5671, "hunt", "api", "with:colon", true)]
    public void An_address_contains_host_user_and_tls(
        string address, string host, int port, string virtualHost, string user, string password, bool tls)
    {
        var broker = new BrokerAddress(address, new RabbitMqOptions());

        Assert.Equal(
            (host, port, virtualHost, user, password, tls),
            (broker.Host, broker.Port, broker.VirtualHost, broker.User, broker.Password, broker.UsesTls));
    }
}
