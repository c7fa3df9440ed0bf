using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Commands.DeadLettering;

/// <summary>Registers the dead-letter queues.</summary>
public static class DeadLetterRegistration
{
    /// <param name="workerConnection">Address of the broker with the worker's user.</param>
    public static IServiceCollection AddDeadLetterQueues(
        this IServiceCollection services, IConfiguration configuration, string workerConnection)
    {
        var options = services.AddSettings<DeadLetterOptions>(configuration, "DeadLetters");
        var (address, setting) = options.Connection is { Length: > 0 } given
            ? (given, "DeadLetters__Connection") : (workerConnection, BrokerAddress.DefaultSetting);
        return services.AddSingleton(provider => new DeadLetterQueues(
            new BrokerAddress(address, provider.GetRequiredService<RabbitMqOptions>(), setting),
            provider.GetRequiredService<ShardOptions>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
