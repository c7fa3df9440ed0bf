using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Commands.DeadLettering;

/// <summary>Section <c>DeadLetters</c>.</summary>
public sealed class DeadLetterOptions
{
    /// <summary>
    /// Address of the broker with a user that may read and write every queue, for <c>/admin/errors</c>: workers may not put messages into
    /// their own queues. Without it the worker's user is used, which may look at dead letters and drop them.
    /// </summary>
    [RabbitMqConnection]
    public string? Connection { get; set; }
}

/// <summary>Registers the dead-letter queues.</summary>
public static class DeadLetterRegistration
{
    /// <param name="workerConnection">The worker's own address of the broker.</param>
    public static IServiceCollection AddDeadLetterQueues(
        this IServiceCollection services, IConfiguration configuration, string workerConnection)
    {
        var options = services.AddSettings<DeadLetterOptions>(configuration, "DeadLetters");
        var (address, setting) = options.Connection is { Length: > 0 } given
            ? (given, "DeadLetters__Connection") : (workerConnection, BrokerAddress.UsualSetting);
        return services.AddSingleton(provider => new DeadLetterQueues(
            new BrokerAddress(address, provider.GetRequiredService<RabbitMqOptions>(), setting),
            provider.GetRequiredService<ShardOptions>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
