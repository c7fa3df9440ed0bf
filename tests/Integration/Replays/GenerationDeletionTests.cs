using System.Globalization;
using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.BlueGreen;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>Readers may still use a generation while it is deleted.</summary>
public sealed class GenerationDeletionTests : IAsyncDisposable
{
    private readonly ReadModelKeys _keys = new($"drop-{Ids.FreshSlug()}");
    private readonly ReadModelRedis _redis = ReadModelRedis.Connect(Servers.RedisReadModels);
    private readonly GenerationStore _store;

    public GenerationDeletionTests() => _store = new GenerationStore(_redis, _keys);

    public async ValueTask DisposeAsync()
    {
        await _store.DeleteGenerationAsync(ReadModelNames.Claims, 1);
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task The_checkpoint_is_deleted_before_any_key_of_the_generation()
    {
        var names = _keys.OfGeneration(ReadModelNames.Claims, 1);
        var players = Enumerable.Range(0, 20_000).Select(player => names.PlayerClaims(player.ToString(CultureInfo.InvariantCulture)))
            .ToList();
        var markers = names.Checkpoints.ToList();
        await Task.WhenAll(players.Select(player => player.Name).Concat(markers).Select(key => _redis.Database.StringSetAsync(key, 1)));

        var dropping = _store.DeleteGenerationAsync(ReadModelNames.Claims, 1);
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
