using RabbitMQ.Client;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>The exchanges and queues that each user of the broker may declare, delete and bind.</summary>
public sealed class BrokerTopologyPermissionTests : PermissionTests
{
    [Theory]
    [InlineData("api", "claims-0 admin-commands claims-intake claims-intake_error treasure-hunt.claims api-outcomes")]
    [InlineData("worker", "claims-0 claims-0_error admin-commands admin-commands_error api-outcomes")]
    [InlineData("projections", "treasure-hunt.events treasure-hunt.events.log")]
    [InlineData("storefront-shop", "")]
    [InlineData("analytics-shop", "")]
    [InlineData("monitoring", "")]
    public async Task A_user_declares_and_deletes_only_what_it_needs_for_its_own_work(string user, string names)
    {
        await AssertAllowed(user, names, Names, (channel, name) => channel.ExchangeDeclareAsync(name, ExchangeType.Fanout));
        await AssertAllowed(
            user, names, Names, (channel, name) => channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false));
        await AssertAllowed(user, names, Names, (channel, name) => channel.QueueDeleteAsync(name));
        await AssertAllowed(user, names, Names, (channel, name) => channel.ExchangeDeleteAsync(name));
    }

    /// <summary>A binding gives a queue the messages of all publishers of the exchange.</summary>
    [Theory]
    [InlineData("api", Replies, "claims-intake claims-intake_error treasure-hunt.claims api-outcomes")]
    [InlineData("worker", "claims-0_error", "claims-0 claims-0_error admin-commands admin-commands_error")]
    [InlineData("worker", "claims-0", "")]
    [InlineData("projections", "treasure-hunt.events.log", "treasure-hunt.events")]
    [InlineData("storefront-shop", Replies, "")]
    [InlineData("analytics-shop", "treasure-hunt.events.log", "")]
    public Task A_user_binds_queues_only_to_its_exchanges(string user, string queue, string exchanges) =>
        AssertAllowed(user, exchanges, Names, (channel, name) => channel.QueueBindAsync(queue, name, ""));
}
