using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>One script for each partition writes a batch of events to all read models in Redis and moves their checkpoints.</summary>
public sealed class PartitionWriteTests : IAsyncLifetime
{
    private const string Hunt = "hunt-1";

    private static readonly ReadModelKeys Names = new("test");
    private static readonly GenerationKeys Hunts = Names.OfGeneration(ReadModelNames.Hunts, 1);
    private static readonly GenerationKeys Leaderboard = Names.OfGeneration(ReadModelNames.Leaderboard, 4);

    private readonly List<string> _isolated = [];
    private RedisNode _node = null!;
    private ConnectionMultiplexer _connection = null!;
    private ReadModelRedis _readModels = null!;

    private IDatabase Redis => _connection.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        _node = await RedisNode.Start();
        _connection = await ConnectionMultiplexer.ConnectAsync($"{_node.Address},allowAdmin=true");
        _readModels = ReadModelRedis.Connect(_node.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _readModels.DisposeAsync();
        await _connection.DisposeAsync();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task All_read_models_of_a_partition_are_written_by_one_script()
    {
        var before = await ScriptsRun();

        Assert.Equal([true, true], await Write(HuntIn(0, 10, "a"), AwardIn(0, 10)));

        Assert.Equal(Partitions.Count, await ScriptsRun() - before);
        Assert.Equal("10|a", await Redis.StringGetAsync(Hunts.Hunt(Hunt).Name));
        Assert.Equal(1, await Redis.SortedSetScoreAsync(Leaderboard.Leaderboard(Hunt).Name, "alice"));
        Assert.Equal(10L, await Checkpoints.CompleteUpToAsync(Redis, Hunts));
        Assert.Equal(10L, await Checkpoints.CompleteUpToAsync(Redis, Leaderboard));
    }

    [Fact]
    public async Task A_read_model_that_lost_data_refuses_the_batch_and_the_others_accept_it()
    {
        await Write(HuntIn(0, 10, "a"), AwardIn(0, 10));
        await Redis.StringSetAsync(Leaderboard.Checkpoint(Leaderboard.Leaderboard(Hunt).Partition), 9);

        Assert.Equal([true, false], await Write(HuntIn(10, 20, "b"), AwardIn(10, 20)));

        Assert.Equal("20|b", await Redis.StringGetAsync(Hunts.Hunt(Hunt).Name));
        Assert.Equal(1, await Redis.SortedSetScoreAsync(Leaderboard.Leaderboard(Hunt).Name, "alice"));
        Assert.Equal(20L, await Checkpoints.CompleteUpToAsync(Redis, Hunts));
    }

    [Fact]
    public async Task A_batch_that_a_read_model_has_already_changes_only_the_others()
    {
        await Write(AwardIn(0, 10));

        Assert.Equal([true, true], await Write(HuntIn(0, 10, "a"), AwardIn(0, 10)));

        Assert.Equal("10|a", await Redis.StringGetAsync(Hunts.Hunt(Hunt).Name));
        Assert.Equal(1, await Redis.SortedSetScoreAsync(Leaderboard.Leaderboard(Hunt).Name, "alice"));
    }

    [Fact]
    public async Task Of_a_batch_that_begins_before_the_checkpoint_only_the_later_events_are_written()
    {
        await Write(AwardIn(0, 10));
        var overlapping = Batch(Leaderboard, 5, 20);
        overlapping.Count(Leaderboard.Leaderboard(Hunt), "alice", 1, 10);
        overlapping.Count(Leaderboard.Leaderboard(Hunt), "alice", 1, 11);
        overlapping.Count(Leaderboard.Leaderboard(Hunt), "bob", 1, 20);

        Assert.Equal([true], await Write(overlapping));

        Assert.Equal(2, await Redis.SortedSetScoreAsync(Leaderboard.Leaderboard(Hunt).Name, "alice"));
        Assert.Equal(1, await Redis.SortedSetScoreAsync(Leaderboard.Leaderboard(Hunt).Name, "bob"));
    }

    [Fact]
    public async Task A_key_of_another_type_is_isolated_and_its_batch_and_the_others_are_written()
    {
        await Redis.StringSetAsync(Leaderboard.Leaderboard(Hunt).Name, "a value of another type");

        Assert.Equal([true, true], await Write(AwardIn(0, 10), HuntIn(0, 10, "a")));

        Assert.Equal([Leaderboard.Leaderboard(Hunt).Name], _isolated);
        Assert.Equal("10|a", await Redis.StringGetAsync(Hunts.Hunt(Hunt).Name));
        Assert.Equal(10L, await Checkpoints.CompleteUpToAsync(Redis, Leaderboard));
    }

    [Fact]
    public async Task Expiring_values_and_marks_of_pending_claims_are_written_and_deleted_in_any_number()
    {
        var claims = Names.OfGeneration(ReadModelNames.Claims, 2);
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(4_000_000_000);
        var ids = Enumerable.Range(0, 3_000).Select(_ => Ids.Fresh()).ToList();
        PartitionedKey MarkOf(Guid id) => new(Partitions.Of(id), Names.Pending(id));
        await Redis.StringSetAsync(MarkOf(ids[0]).Name, "a mark");
        var batch = Batch(claims, 0, 10);
        foreach (var id in ids)
        {
            batch.Set(claims.Claim(id), new VersionedValue(10, "{}"u8.ToArray()), expiresAt: expiresAt);
            batch.Add(claims.PlayerClaims("alice"), id.ToString("N"), 10, expiresAt);
            batch.Remove(MarkOf(id));
        }

        Assert.Equal([true], await Write(batch));

        Assert.Equal(ids.Count, await Redis.SortedSetLengthAsync(claims.PlayerClaims("alice").Name));
        Assert.Equal(expiresAt.UtcDateTime, await Redis.KeyExpireTimeAsync(claims.PlayerClaims("alice").Name));
        Assert.Equal(expiresAt.UtcDateTime, await Redis.KeyExpireTimeAsync(claims.Claim(ids[^1]).Name));
        Assert.False(await Redis.KeyExistsAsync(MarkOf(ids[0]).Name));
    }

    [Fact]
    public async Task Values_and_members_of_a_batch_that_the_partition_has_in_part_are_the_same_afterwards()
    {
        var claims = Names.OfGeneration(ReadModelNames.Claims, 2);
        var (early, late) = (DateTimeOffset.FromUnixTimeSeconds(4_000_000_000), DateTimeOffset.FromUnixTimeSeconds(4_000_000_100));
        var id = Ids.Fresh();
        PartitionWriteBatch ClaimIn(long after, long upTo)
        {
            var batch = Batch(claims, after, upTo);
            batch.Set(claims.Claim(id), new VersionedValue(8, "{}"u8.ToArray()), expiresAt: late);
            batch.Add(claims.PlayerClaims("alice"), id.ToString("N"), 8, late);
            batch.Add(claims.PlayerClaims("alice"), "another", 7, early);
            return batch;
        }

        await Write(ClaimIn(0, 10));

        Assert.Equal([true], await Write(ClaimIn(5, 20)));

        Assert.Equal("8|{}", await Redis.StringGetAsync(claims.Claim(id).Name));
        Assert.Equal(8, await Redis.SortedSetScoreAsync(claims.PlayerClaims("alice").Name, id.ToString("N")));
        Assert.Equal(7, await Redis.SortedSetScoreAsync(claims.PlayerClaims("alice").Name, "another"));
        Assert.Equal(late.UtcDateTime, await Redis.KeyExpireTimeAsync(claims.PlayerClaims("alice").Name));
        Assert.Equal(20L, await Checkpoints.CompleteUpToAsync(Redis, claims));
    }

    [Fact]
    public async Task A_full_server_refuses_writes_of_each_kind_and_accepts_them_later()
    {
        var claims = Names.OfGeneration(ReadModelNames.Claims, 2);
        PartitionWriteBatch MemberIn(long after, long upTo)
        {
            var batch = Batch(claims, after, upTo);
            batch.Add(claims.PlayerClaims("alice"), "a claim", upTo, null);
            return batch;
        }

        Func<long, long, PartitionWriteBatch>[] kinds = [(after, upTo) => HuntIn(after, upTo, "a"), AwardIn, MemberIn];
        await Write([.. kinds.Select(batchOf => batchOf(0, 10))]);

        await _node.LimitTo("1");
        foreach (var batchOf in kinds)
        {
            var refusal = await Assert.ThrowsAsync<RedisServerException>(() => Write(batchOf(10, 20)));
            Assert.StartsWith("OOM", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(FailureKind.Transient, FailureClassifier.Classify(refusal));
        }

        await _node.LimitTo("512mb");
        foreach (var batchOf in kinds)
        {
            Assert.Equal([true], await Write(batchOf(10, 20)));
        }

        Assert.Equal(2, await Redis.SortedSetScoreAsync(Leaderboard.Leaderboard(Hunt).Name, "alice"));
    }

    private static async Task<IReadOnlyList<bool>> Write(params PartitionWriteBatch[] batches) =>
        await PartitionWriteBatch.WriteAllAsync(batches, TestContext.Current.CancellationToken);

    private PartitionWriteBatch Batch(GenerationKeys keys, long after, long upTo) =>
        new(_readModels, keys, new EventBatch(after, upTo, []), live: true, _isolated.Add);

    private PartitionWriteBatch HuntIn(long after, long upTo, string state)
    {
        var batch = Batch(Hunts, after, upTo);
        batch.Set(Hunts.Hunt(Hunt), new VersionedValue(upTo, System.Text.Encoding.UTF8.GetBytes(state)));
        return batch;
    }

    private PartitionWriteBatch AwardIn(long after, long upTo)
    {
        var batch = Batch(Leaderboard, after, upTo);
        batch.Count(Leaderboard.Leaderboard(Hunt), "alice", 1, upTo);
        return batch;
    }

    private async Task<long> ScriptsRun()
    {
        var statistics = (await _connection.GetServer(_node.Address).InfoAsync("commandstats")).SelectMany(section => section);
        return statistics.Where(one => one.Key is "cmdstat_evalsha" or "cmdstat_eval")
            .Sum(one => long.Parse(one.Value.Split(',')[0]["calls=".Length..], System.Globalization.CultureInfo.InvariantCulture));
    }
}
