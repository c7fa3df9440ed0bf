using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Hosting;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>Connection strings are shown without their passwords.</summary>
public sealed class ConnectionMaskSpecs
{
    [Theory]
    [InlineData("amqp://hunt:p^a|ss@broker/hunt", "amqp://hunt:***@broker/hunt")]
    [InlineData("amqp://hunt:pässwörd@broker:5672/hunt", "amqp://hunt:***@broker:5672/hunt")]
    [InlineData("amqp://hunt:p%40ss@broker", "amqp://hunt:***@broker")]
    [InlineData("amqp://hunt:p@ss:word@broker?heartbeat=1@2", "amqp://hunt:***@broker?heartbeat=1@2")]
    [InlineData("amqp://hunt:pass#word@broker/hunt", "***")]
    [InlineData("amqp://hunt:pa/ss@broker/hunt", "***")]
    [InlineData("amqp://hunt@broker/hunt", "amqp://hunt@broker/hunt")]
    [InlineData("amqp://broker:5672/hunt", "amqp://broker:5672/hunt")]
    [InlineData("amqp://", "amqp://")]
    [InlineData("hunt:password@broker", "***")]
    public void The_password_in_a_broker_address_is_masked(string connection, string shown) =>
        Assert.Equal(shown, new RabbitMqConnectionAttribute().Masked(connection));

    [Fact]
    public void Both_passwords_of_a_Postgres_connection_are_masked()
    {
        var postgres =
            typeof(ConnectionOptions).GetProperty(nameof(ConnectionOptions.Postgres))!.GetCustomAttributes(false)
                .OfType<ConnectionStringAttribute>().Single();

        Assert.Equal("Host=db;Password=***;SSL Password=***", postgres.Masked("Host=db;Password=one^secret;SSL Password=other^secret"));
    }
}
