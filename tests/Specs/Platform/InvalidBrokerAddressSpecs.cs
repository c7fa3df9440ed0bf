using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Messaging;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>Broker addresses that stop a host at startup.</summary>
public sealed class InvalidBrokerAddressSpecs
{
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
    public void An_invalid_address_is_refused_with_a_message_without_the_password(string address)
    {
        var exception = Assert.Throws<SettingException>(() => new BrokerAddress(address, new RabbitMqOptions()));

        Assert.StartsWith("ConnectionStrings__RabbitMq ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("api:", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_names_the_setting_of_the_address()
    {
        var exception = Assert.Throws<SettingException>(
            () => new BrokerAddress("amqp://broker/hunt", new RabbitMqOptions(), "DeadLetters__Connection"));

        Assert.StartsWith("DeadLetters__Connection ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqps://api:secret@broker/hunt", "/nowhere/ca.pem")]
    [InlineData("amqps://api:secret@broker/hunt", "/dev/null")]
    [InlineData("amqp://api:secret@broker/hunt", "/etc/hostname")]
    public void An_unusable_CA_file_is_refused(string address, string file)
    {
        var exception = Assert.Throws<SettingException>(() => new BrokerAddress(address, new RabbitMqOptions { CaFile = file }));

        Assert.StartsWith("RabbitMq__CaFile ", exception.Message, StringComparison.Ordinal);
    }
}
