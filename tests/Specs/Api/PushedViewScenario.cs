using System.Diagnostics;
using System.Globalization;
using TreasureHunt.Api.Caching;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>A local cache whose hunt <see cref="Name"/> changes by messages. Redis and Memcached are functions.</summary>
/// <param name="localTtl">How long a value is current after a check; by default longer than any test.</param>
public abstract class PushedViewScenario(TimeSpan? localTtl = null) : LocalViewCacheScenario(localTtl ?? TimeSpan.FromMinutes(10))
{
    private protected const string Name = "hunt:sale";
    private protected const string Generation = "hunts:1 treasures:1";

    private static readonly HuntWindow Window = new(true, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, []);

    private protected int Reads { get; private set; }

    private protected void Check(long checkpoint, string? generation = Generation) =>
        Pushed.Check(generation, new Checkpoints(checkpoint, checkpoint), Stopwatch.GetTimestamp());

    private protected void Receive(long after, long upTo, params (string Id, VersionedValue Value)[] changes) =>
        Pushed.Receive(new PublishedChanges(after, upTo, changes));

    private protected static (string Id, VersionedValue Value) Changed(long sequence) =>
        (Name, VersionedJson.Of(sequence, HuntAt(sequence)!.View));

    /// <summary>The sequence of the hunt that a caller gets. The hunt's name has it, too.</summary>
    private protected async Task<long?> Read(long? inRedis) =>
        await Read(() => Task.FromResult(HuntAt(inRedis)), () => throw new TimeoutException());

    private protected async Task<long?> Read(Func<Task<ReadView<HuntView>?>> readRedis, Func<Task<ReadView<HuntView>?>> read)
    {
        var found = LocalCache.FindPushed<HuntView>(Name) ?? await LocalCache.GetViewAsync(
            Name,
            () =>
            {
                Reads++;
                return readRedis();
            },
            read, TestContext.Current.CancellationToken);
        Assert.Equal(found?.Sequence.ToString(CultureInfo.InvariantCulture), found?.View.Name);
        return found?.Sequence;
    }

    private protected static ReadView<HuntView>? HuntAt(long? sequence) => sequence is { } at
        ? new(at, new HuntView("sale", at.ToString(CultureInfo.InvariantCulture), Window, null), DateTimeOffset.UnixEpoch) : null;
}
