using System.Globalization;
using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.BlueGreen;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>A generation that is deleted may still be read by who has not heard of it.</summary>
public sealed class DropTests : IAsyncDisposable
{
    private readonly ReadModelKeys _keys = new($"drop-{Ids.FreshSlug()}");
    private readonly ReadModelRedis _redis = ReadModelRedis.Connect(Servers.RedisReadModels);
    private readonly GenerationStore _store;

    public DropTests() => _store = new GenerationStore(_redis, _keys);

    public async ValueTask DisposeAsync()
    {
        await _store.DropAsync(ReadModelNames.Claims, 1);
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Whatever_is_missing_of_it_its_marker_is_missing_too()
    {
        var names = _keys.In(ReadModelNames.Claims, 1);
        var players = Enumerable.Range(0, 20_000).Select(player => names.PlayerClaims(player.ToString(CultureInfo.InvariantCulture)))
            .ToList();
        var markers = names.Checkpoints.ToList();
        await Task.WhenAll(players.Select(player => player.Name).Concat(markers).Select(key => _redis.Database.StringSetAsync(key, 1)));

        var dropping = _store.DropAsync(ReadModelNames.Claims, 1);
        var seen = new List<RedisValue[]>();
        while (!dropping.IsCompleted)
        {
            seen.AddRange(
                await Task.WhenAll(
                    players.Take(200).Select(player => _redis.Database.StringGetAsync([player.Name, markers[player.Partition]]))));
        }

        await dropping;
        Assert.Contains(seen, read => !read[0].IsNull);
        Assert.DoesNotContain(seen, read => read[0].IsNull && !read[1].IsNull);
        Assert.Equal(0, await RedisKeys.Delete(Servers.RedisReadModels, names.Pattern));
    }
}
