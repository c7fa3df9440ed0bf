using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Messaging;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>How <c>ConnectionStrings__RabbitMq</c> is read.</summary>
public sealed class BrokerAddressSpecs
{
    [Theory]
    [InlineData("amqp://api:secret@broker:5680/hunt", "broker", 5680, "hunt", "api", "secret", false)]
    [InlineData("amqp://api:secret@broker", "broker", 5672, "/", "api", "secret", false)]
    [InlineData("amqps://api:secret@broker.example/hunt", "broker.example", 5671, "hunt", "api", "secret", true)]
    [InlineData("amqps://api:secret@127.0.0.1:5672/", "127.0.0.1", 5672, "/", "api", "secret", true)]
    [InlineData("amqp://a%3Ab:p%40ss%2Fword%25@broker/a%2Fb", "broker", 5672, "a/b", "a:b", "p@ss/word%", false)]
    [InlineData("AMQPS://api:with:colon@broker/hunt", "broker", 5671, "hunt", "api", "with:colon", true)]
    public void An_address_says_where_as_whom_and_whether_with_tls(
        string address, string host, int port, string virtualHost, string user, string password, bool tls)
    {
        var broker = new BrokerAddress(address, new RabbitMqOptions());

        Assert.Equal(
            (host, port, virtualHost, user, password, tls),
            (broker.Host, broker.Port, broker.VirtualHost, broker.User, broker.Password, broker.UsesTls));
    }

    [Theory]
    [InlineData("broker:5672")]
    [InlineData("http://api:secret@broker:5672/hunt")]
    [InlineData("rabbitmq://api:secret@broker/hunt")]
    [InlineData("amqp://broker/hunt")]
    [InlineData("amqp://api@broker/hunt")]
    [InlineData("amqp://api:@broker/hunt")]
    [InlineData("amqp://:secret@broker/hunt")]
    [InlineData("amqp:///hunt")]
    [InlineData("amqp://api:secret@broker:5671/hunt")]
    [InlineData("amqp://api:secret@broker/hunt/more")]
    [InlineData("amqps://api:secret@broker/hunt?verify=verify_none")]
    public void An_address_that_would_not_do_what_it_says_ends_the_start_with_a_sentence_without_the_password(string address)
    {
        var exception = Assert.Throws<SettingException>(() => new BrokerAddress(address, new RabbitMqOptions()));

        Assert.StartsWith("ConnectionStrings__RabbitMq ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("api:", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_complaint_names_the_setting_that_the_address_comes_from()
    {
        var exception = Assert.Throws<SettingException>(
            () => new BrokerAddress("amqp://broker/hunt", new RabbitMqOptions(), "DeadLetters__Connection"));

        Assert.StartsWith("DeadLetters__Connection ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqps://api:secret@broker/hunt", "/nowhere/ca.pem")]
    [InlineData("amqps://api:secret@broker/hunt", "/dev/null")]
    [InlineData("amqp://api:secret@broker/hunt", "/etc/hostname")]
    public void A_file_of_authorities_that_cannot_be_used_ends_the_start(string address, string file)
    {
        var exception = Assert.Throws<SettingException>(() => new BrokerAddress(address, new RabbitMqOptions { CaFile = file }));

        Assert.StartsWith("RabbitMq__CaFile ", exception.Message, StringComparison.Ordinal);
    }
}
