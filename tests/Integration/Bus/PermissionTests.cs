using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Tries actions of the users of deploy/rabbitmq/definitions.json on a virtual host; the broker refuses with 403.</summary>
public abstract class PermissionTests : IAsyncLifetime
{
    protected const string Replies = "api-outcomes-00000000000000000000000000000000";

    /// <summary>The names of exchanges with a queue of the same name.</summary>
    protected static readonly string[] Names =
    [
        BusNames.Shard(0), $"{BusNames.Shard(0)}_error", BusNames.AdminQueue, $"{BusNames.AdminQueue}_error", BusNames.ClaimIntake,
        BusNames.ClaimIntakeQueue,
        $"{BusNames.ClaimIntakeQueue}_error", BusNames.Events, BusNames.EventsStream, Replies, "anything-else",
    ];

    protected VirtualHost Bus { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Bus = await VirtualHost.Create();
        await using var channel = await Bus.Channel("operator");
        foreach (var name in Names)
        {
            await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout);
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false);
            await channel.QueueBindAsync(name, name, "");
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Bus.DisposeAsync();
    }

    protected async Task AssertAllowed(string user, string expected, IEnumerable<string> names, Func<IChannel, string, Task> action)
    {
        var allowed = new List<string>();
        foreach (var name in names)
        {
            await using var channel = await Bus.Channel(user, confirms: true);
            try
            {
                await action(channel, name);
                allowed.Add(name);
            }
            catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == 403)
            {
                // The broker refuses the action.
            }
        }

        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            allowed.Select(name => name.Replace(Replies, "api-outcomes", StringComparison.Ordinal)).Order());
    }
}
