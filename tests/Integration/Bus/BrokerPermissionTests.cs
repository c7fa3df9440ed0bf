using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>The exchanges and queues that each user of the broker may use; the broker refuses everything else with 403.</summary>
public sealed class BrokerPermissionTests : PermissionTests
{
    /// <summary>The default exchange routes to every queue by its name.</summary>
    private const string Default = "";

    [Theory]
    [InlineData("api", "claims-0 admin-commands claims-intake claims-intake_error api-outcomes")]
    [InlineData("worker", "claims-0_error admin-commands_error api-outcomes")]
    [InlineData("projections", "treasure-hunt.events treasure-hunt.events.log")]
    [InlineData("storefront-shop", "treasure-hunt.claims")]
    [InlineData("analytics-shop", "")]
    [InlineData("monitoring", "")]
    public async Task A_user_publishes_only_to_its_exchanges(string user, string exchanges)
    {
        await AssertAllowed(user, exchanges, Names, Publish);
        await AssertAllowed(user, "", [Default], Publish);

        static async Task Publish(IChannel channel, string exchange) =>
            await channel.BasicPublishAsync(exchange, "anything-else", mandatory: true, "{}"u8.ToArray());
    }

    [Theory]
    [InlineData("api", "claims-intake claims-intake_error treasure-hunt.claims api-outcomes")]
    [InlineData("worker", "claims-0 claims-0_error admin-commands admin-commands_error")]
    [InlineData("projections", "treasure-hunt.events")]
    [InlineData("storefront-shop", "")]
    [InlineData("analytics-shop", "treasure-hunt.events.log")]
    [InlineData("monitoring", "")]
    public Task A_user_consumes_only_its_queues(string user, string queues) => AssertAllowed(user, queues, Names, async (channel, name) =>
        await channel.BasicConsumeAsync(name, autoAck: false, new AsyncEventingBasicConsumer(channel)));

    [Fact]
    public async Task The_broker_refuses_the_user_id_of_another_user()
    {
        var refused = await Assert.ThrowsAnyAsync<OperationInterruptedException>(() =>
            Bus.Publish(BusNames.ClaimIntake, "application/json", "{}", user: "storefront-shop", userId: "storefront-other"));

        Assert.Equal((ushort?)406, refused.ShutdownReason?.ReplyCode);
    }
}
