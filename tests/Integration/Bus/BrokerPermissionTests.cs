using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>What each user of deploy/rabbitmq/definitions.json may do, tried on a broker; it refuses everything else with 403.</summary>
public sealed class BrokerPermissionTests : IAsyncLifetime
{
    private const string Replies = "api-outcomes-00000000000000000000000000000000";

    /// <summary>The default exchange leads to every queue by its name.</summary>
    private const string Default = "";

    /// <summary>Each is an exchange and a queue.</summary>
    private static readonly string[] Names =
    [
        BusNames.Shard(0), $"{BusNames.Shard(0)}_error", BusNames.Admin, $"{BusNames.Admin}_error", BusNames.ClaimIntake,
        BusNames.ClaimIntakeQueue,
        $"{BusNames.ClaimIntakeQueue}_error", BusNames.Events, BusNames.EventsLog, Replies, "anything-else",
    ];

    private VirtualHost _bus = null!;

    public async ValueTask InitializeAsync()
    {
        _bus = await VirtualHost.Create();
        await using var channel = await _bus.Channel("operator");
        foreach (var name in Names)
        {
            await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout);
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false);
            await channel.QueueBindAsync(name, name, "");
        }
    }

    public ValueTask DisposeAsync() => _bus.DisposeAsync();

    [Theory]
    [InlineData("api", "claims-0 admin-commands claims-intake claims-intake_error api-outcomes")]
    [InlineData("worker", "claims-0_error admin-commands_error api-outcomes")]
    [InlineData("projections", "treasure-hunt.events treasure-hunt.events.log")]
    [InlineData("storefront-shop", "treasure-hunt.claims")]
    [InlineData("analytics-shop", "")]
    [InlineData("monitoring", "")]
    public async Task A_user_publishes_only_to_its_exchanges(string user, string exchanges)
    {
        await Allows(user, exchanges, Names, Publish);
        await Allows(user, "", [Default], Publish);

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
    public Task A_user_consumes_only_its_queues(string user, string queues) => Allows(user, queues, Names, async (channel, name) =>
        await channel.BasicConsumeAsync(name, autoAck: false, new AsyncEventingBasicConsumer(channel)));

    [Theory]
    [InlineData("api", "claims-0 admin-commands claims-intake claims-intake_error treasure-hunt.claims api-outcomes")]
    [InlineData("worker", "claims-0 claims-0_error admin-commands admin-commands_error api-outcomes")]
    [InlineData("projections", "treasure-hunt.events treasure-hunt.events.log")]
    [InlineData("storefront-shop", "")]
    [InlineData("analytics-shop", "")]
    [InlineData("monitoring", "")]
    public async Task A_user_declares_and_deletes_only_what_it_needs_for_its_own_work(string user, string names)
    {
        await Allows(user, names, Names, (channel, name) => channel.ExchangeDeclareAsync(name, ExchangeType.Fanout));
        await Allows(
            user, names, Names, (channel, name) => channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false));
        await Allows(user, names, Names, (channel, name) => channel.QueueDeleteAsync(name));
        await Allows(user, names, Names, (channel, name) => channel.ExchangeDeleteAsync(name));
    }

    /// <summary>A queue that is bound to an exchange gets what others publish there.</summary>
    [Theory]
    [InlineData("api", Replies, "claims-intake claims-intake_error treasure-hunt.claims api-outcomes")]
    [InlineData("worker", "claims-0_error", "claims-0 claims-0_error admin-commands admin-commands_error")]
    [InlineData("worker", "claims-0", "")]
    [InlineData("projections", "treasure-hunt.events.log", "treasure-hunt.events")]
    [InlineData("storefront-shop", Replies, "")]
    [InlineData("analytics-shop", "treasure-hunt.events.log", "")]
    public Task A_user_binds_queues_only_to_its_exchanges(string user, string queue, string exchanges) =>
        Allows(user, exchanges, Names, (channel, name) => channel.QueueBindAsync(queue, name, ""));

    [Fact]
    public async Task The_broker_refuses_the_user_id_of_another_user()
    {
        var refused = await Assert.ThrowsAnyAsync<OperationInterruptedException>(() =>
            _bus.Publish(BusNames.ClaimIntake, "application/json", "{}", user: "storefront-shop", userId: "storefront-other"));

        Assert.Equal((ushort?)406, refused.ShutdownReason?.ReplyCode);
    }

    private async Task Allows(string user, string expected, IEnumerable<string> names, Func<IChannel, string, Task> action)
    {
        var allowed = new List<string>();
        foreach (var name in names)
        {
            await using var channel = await _bus.Channel(user, confirms: true);
            try
            {
                await action(channel, name);
                allowed.Add(name);
            }
            catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == 403)
            {
                // As it should be, unless it is expected.
            }
        }

        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            allowed.Select(name => name.Replace(Replies, "api-outcomes", StringComparison.Ordinal)).Order());
    }
}
