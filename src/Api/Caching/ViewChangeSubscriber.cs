using System.Diagnostics;
using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Caching;

/// <summary>Receives the changes of views, and reads the checkpoints while views are requested.</summary>
public sealed class ViewChangeSubscriber(
    PushedViews views, CacheTiers tiers, Generations generations, ReadModelRedis redis, ReadModelKeys keys, CachingOptions options,
    TimeProvider timeProvider)
    : BackgroundService
{
    /// <summary>The time between two checks in relation to the time for which a view is current after one: one check may be late.</summary>
    private const double CheckInterval = 0.4;

    /// <summary>How long the checkpoints are read after the last request for a view.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RemovalInterval = TimeSpan.FromMinutes(1);

    /// <summary>A message has arrived, and <see cref="PushedViews"/> has it.</summary>
    public event Action<PublishedChanges>? Received;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A queue, because it keeps the order of the messages. Without a connection, messages are missing until there is one.
        redis.Subscriber.Subscribe(ReadModelRedis.Channel(keys.ViewChanges), CommandFlags.FireAndForget).OnMessage(
            message => Receive(message.Message));
        using var timer = new PeriodicTimer(options.LocalTtl * CheckInterval, timeProvider);
        var removedAt = Stopwatch.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Stopwatch.GetElapsedTime(views.UsedAt) < IdleTimeout)
            {
                await CheckAsync(stoppingToken);
            }

            if (Stopwatch.GetElapsedTime(removedAt) >= RemovalInterval)
            {
                removedAt = Stopwatch.GetTimestamp();
                views.RemoveUnused();
            }
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var hunts = await generations.LiveAsync(ReadModelNames.Hunts, cancellationToken);
            var treasures = await generations.LiveAsync(ReadModelNames.Treasures, cancellationToken);
            var readAt = Stopwatch.GetTimestamp();
            // One script writes the checkpoints of all read models, so those of the treasures are also those of the hunts.
            var checkpoints = await tiers.QueryRedisAsync(query => Checkpoints.ReadAsync(query, treasures), cancellationToken);
            views.Check($"{hunts.Prefix} {treasures.Prefix}", checkpoints, readAt);
        }
        catch (Exception exception) when (exception is ReadModelUnavailableException || CacheTiers.IsOutage(exception))
        {
            views.Check(null, null, 0);
        }
    }

    private void Receive(RedisValue message)
    {
        // Another format is one of another build: the next check finds that a message is missing.
        if (PublishedChanges.TryParse((byte[]?)message, out var changes))
        {
            views.Receive(changes);
            Received?.Invoke(changes);
        }
    }
}
