using System.Collections.Concurrent;
using System.Text.Json;
using StackExchange.Redis;
using TreasureHunt.Api.Caching;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// The hunts that the streams of this process follow. The messages about views, and a subscription to the leaderboards that begins with
/// the first hunt, bring the changes of all of them.
/// </summary>
public sealed class HuntBroadcasters(
    HuntReader reader, ViewChangeSubscriber viewChanges, ReadModelRedis redis, ReadModelKeys keys, TimeProvider timeProvider,
    IHostApplicationLifetime lifetime, StreamOptions options)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<HuntBroadcaster?>>> _hunts = new();
    private int _subscribed;

    /// <summary>Whether a hunt is followed already, or <see cref="StreamOptions.MaxHunts"/> is not reached.</summary>
    /// <remarks>
    /// A <c>ConcurrencyLimiter</c> does not fit: all streams of a hunt share one permit, which the dictionary counts already.
    /// </remarks>
    public bool CanFollow(string huntId) => _hunts.ContainsKey(huntId) || _hunts.Count < options.MaxHunts;

    /// <summary>Returns the broadcaster of a hunt, and starts it for the first caller; null when the hunt does not exist.</summary>
    /// <exception cref="ReadModelUnavailableException">Redis does not answer.</exception>
    public Task<HuntBroadcaster?> GetOrLoadAsync(string huntId)
    {
        if (Interlocked.Exchange(ref _subscribed, 1) == 0)
        {
            Subscribe();
        }

        return _hunts.GetOrAdd(huntId, id => new Lazy<Task<HuntBroadcaster?>>(() => StartAsync(id))).Value;
    }

    private async Task<HuntBroadcaster?> StartAsync(string huntId)
    {
        var hunt = new HuntBroadcaster(
            token => reader.ReadAsync(huntId, token), token => reader.ReadLeaderboardAsync(huntId, token), timeProvider);
        var isLoaded = false;
        try
        {
            isLoaded = await hunt.LoadAsync(CancellationToken.None);
        }
        finally
        {
            if (!isLoaded)
            {
                _hunts.TryRemove(huntId, out _);
            }
        }

        if (isLoaded)
        {
            _ = RunAsync(huntId, hunt);
        }

        return isLoaded ? hunt : null;
    }

    private async Task RunAsync(string huntId, HuntBroadcaster hunt)
    {
        using (hunt)
        {
            try
            {
                await hunt.RunAsync(lifetime.ApplicationStopping);
            }
            catch (OperationCanceledException)
            {
                // The host stops.
            }
            finally
            {
                _hunts.TryRemove(huntId, out _);
            }
        }
    }

    private void Subscribe()
    {
        viewChanges.Received += Apply;
        redis.Subscriber.Subscribe(
            ReadModelRedis.Channel(keys.LeaderboardChanges), (_, huntId) => Followed((string)huntId!)?.NotifyLeaderboardChanged(),
            CommandFlags.FireAndForget);
    }

    /// <summary>The broadcaster of a hunt that is loaded; null for any other hunt.</summary>
    private HuntBroadcaster? Followed(string huntId) =>
        _hunts.TryGetValue(huntId, out var hunt) && hunt is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
            ? hunt.Value.Result : null;

    private void Apply(PublishedChanges message)
    {
        if (_hunts.IsEmpty)
        {
            return;
        }

        foreach (var (name, value) in message.Changes.Where(change => !change.Value.IsNotWritable))
        {
            if (ViewName.IsTreasure(name))
            {
                Apply<TreasureView>(value, view => view.HuntId, (state, treasure) => state.Apply(treasure, timeProvider.GetUtcNow()));
            }
            else
            {
                Apply<HuntView>(value, view => view.HuntId, (state, hunt) => state.Apply(hunt, timeProvider.GetUtcNow()));
            }
        }
    }

    private void Apply<TView>(VersionedValue value, Func<TView, string> huntOf, Action<HuntStreamState, Versioned<TView>> apply)
    {
        try
        {
            var view = value.ToView<TView>();
            if (Followed(huntOf(view)) is { State: { } state } hunt)
            {
                apply(state, new Versioned<TView>(value.Sequence, view));
                hunt.NotifyChanged();
            }
        }
        catch (JsonException)
        {
            // A format of another build: the next read brings the change.
        }
    }
}
