using System.Diagnostics;
using StackExchange.Redis;
using TreasureHunt.Api.Caching;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// The players whose claims the streams of this process send. The claims of a player are read when the first stream of the player begins.
/// After that one subscription to Redis brings the changes of all players, and one read of the checkpoint every two seconds finds lost
/// messages.
/// </summary>
public sealed class FollowedPlayers(
    ReadModelReader readModels, CacheTiers tiers, Generations generations, ReadModelRedis redis, ReadModelKeys keys,
    TimeProvider timeProvider, IHostApplicationLifetime lifetime) : IDisposable
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(2);

    /// <summary>The shortest time between two reads of the claims of all players, after lost messages.</summary>
    private static readonly TimeSpan MinReadAllInterval = TimeSpan.FromSeconds(10);

    /// <summary>Players whose claims are read at the same time.</summary>
    private const int MaxConcurrentReads = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (StreamedClaims Claims, int Streams)> _players = [];
    private readonly SemaphoreSlim _reads = new(MaxConcurrentReads);
    private Task? _checking;
    private Task? _subscribing;
    private MessageChain? _chain;
    private bool _isReadAllDue;

    /// <summary>Returns the claims of a player for one more stream. They are read in the background.</summary>
    public StreamedClaims Follow(string playerId)
    {
        lock (_lock)
        {
            _checking ??= Task.Run(() => CheckRegularlyAsync(lifetime.ApplicationStopping));
            var isNew = !_players.TryGetValue(playerId, out var known);
            known = (known.Claims ?? new StreamedClaims(playerId), known.Streams + 1);
            _players[playerId] = known;
            if (isNew)
            {
                _ = Task.Run(() => ReadAsync(known.Claims, lifetime.ApplicationStopping));
            }

            return known.Claims;
        }
    }

    /// <summary>Ends <see cref="Follow"/> for one stream. The last one of a player frees the player's claims.</summary>
    public void Unfollow(StreamedClaims claims)
    {
        lock (_lock)
        {
            var streams = _players[claims.PlayerId].Streams - 1;
            if (streams > 0)
            {
                _players[claims.PlayerId] = (claims, streams);
            }
            else
            {
                _players.Remove(claims.PlayerId);
            }
        }
    }

    public void Dispose() => _reads.Dispose();

    private async Task CheckRegularlyAsync(CancellationToken cancellationToken)
    {
        var readAllAt = timeProvider.GetTimestamp();
        using var timer = new PeriodicTimer(CheckInterval, timeProvider);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var players = Snapshot();
            if (players.Count == 0)
            {
                continue;
            }

            await CheckCheckpointAsync(cancellationToken);
            if (timeProvider.GetElapsedTime(readAllAt) >= MinReadAllInterval && TakeReadAll())
            {
                readAllAt = timeProvider.GetTimestamp();
                players.ForEach(claims => claims.RequestRead());
            }

            await Task.WhenAll(players.Where(claims => claims.IsReadDue).Select(claims => ReadAsync(claims, cancellationToken)));
        }
    }

    private bool TakeReadAll()
    {
        lock (_lock)
        {
            (var isDue, _isReadAllDue) = (_isReadAllDue, false);
            return isDue;
        }
    }

    private async Task CheckCheckpointAsync(CancellationToken cancellationToken)
    {
        try
        {
            var live = await generations.LiveAsync(ReadModelNames.Claims, cancellationToken);
            var readAt = Stopwatch.GetTimestamp();
            if (await tiers.QueryRedisAsync(query => Checkpoints.CompleteUpToAsync(query, live), cancellationToken) is { } checkpoint)
            {
                lock (_lock)
                {
                    _chain ??= new MessageChain(checkpoint);
                    if (!_chain.TryCheck(checkpoint, readAt))
                    {
                        ReadAllFrom(checkpoint);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is ReadModelUnavailableException || CacheTiers.IsOutage(exception))
        {
            // The next check compares again.
        }
    }

    private async Task ReadAsync(StreamedClaims claims, CancellationToken cancellationToken)
    {
        await _reads.WaitAsync(cancellationToken);
        try
        {
            if (claims.TryBeginRead())
            {
                // The subscription first: every later change is published to it.
                await SubscribeOnceAsync();
                var read = await readModels.ClaimsOfAsync(claims.PlayerId, StreamedClaims.MaxClaims, cancellationToken);
                claims.Apply(read.Select(claim => new Versioned<ClaimView>(claim.Sequence, claim.View)));
            }
        }
        catch (Exception exception) when (exception is ReadModelUnavailableException || CacheTiers.IsOutage(exception))
        {
            claims.RequestRead();
        }
        finally
        {
            _reads.Release();
        }
    }

    private Task SubscribeOnceAsync()
    {
        lock (_lock)
        {
            return _subscribing = _subscribing is null or { IsFaulted: true } ? SubscribeAsync() : _subscribing;
        }
    }

    private async Task SubscribeAsync()
    {
        var channel = ReadModelRedis.Channel(keys.ClaimChanges);
        try
        {
            // A queue, because it keeps the order of the messages.
            (await redis.Subscriber.SubscribeAsync(channel)).OnMessage(message => Receive(message.Message));
        }
        catch (RedisException)
        {
            redis.Subscriber.Unsubscribe(channel, flags: CommandFlags.FireAndForget);
            throw;
        }
    }

    private void Receive(RedisValue message)
    {
        // Another format is one of another build: the check of the checkpoint finds the change.
        if (!PublishedChanges.TryParse((byte[]?)message, out var changes))
        {
            return;
        }

        var changed = new List<(StreamedClaims Claims, VersionedValue Value)>();
        lock (_lock)
        {
            _chain ??= new MessageChain(changes.UpTo);
            if (!_chain.TryReceive(changes.After, changes.UpTo))
            {
                ReadAllFrom(changes.UpTo);
            }

            foreach (var (playerId, value) in changes.Changes)
            {
                if (_players.TryGetValue(playerId, out var player))
                {
                    changed.Add((player.Claims, value));
                }
            }
        }

        foreach (var player in changed.GroupBy(change => change.Claims, change => change.Value))
        {
            player.Key.Apply(player.Select(value => new Versioned<ClaimView>(value.Sequence, value.ToView<ClaimView>())).ToList());
        }
    }

    // Messages are missing. Call it inside the lock.
    private void ReadAllFrom(long sequence)
    {
        _isReadAllDue = true;
        _chain = new MessageChain(sequence);
    }

    private List<StreamedClaims> Snapshot()
    {
        lock (_lock)
        {
            return [.. _players.Values.Select(player => player.Claims)];
        }
    }
}
