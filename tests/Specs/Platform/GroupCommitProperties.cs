using CsCheck;
using TreasureHunt.Platform.Batching;
using Xunit;

namespace TreasureHunt.Specs.Platform;

public class GroupCommitProperties
{
    [Fact]
    public Task Concurrently_added_items_are_committed_once_in_the_order_of_each_sender() => Gen.Select(
        Gen.Int[1, 30].Array[1, 5], Gen.Int[1, 12]).SampleAsync(async (senders, maxBatch) =>
        {
            var batches = new List<(int Sender, int N)[]>();
            await using (var groupCommit = new GroupCommit<(int Sender, int N)>(
                1000, maxBatch, async batch =>
            {
                batches.Add([.. batch]);
                await Task.Yield();
            }))
            {
                await Task.WhenAll(senders.Select((count, sender) => Task.Run(async () =>
                {
                    for (var n = 0; n < count; n++)
                    {
                        Assert.True(groupCommit.TryAdd((sender, n), out var committed));
                        if (n % 3 == 0)
                        {
                            await committed;
                        }
                    }
                })));
            }

            Assert.All(batches, batch => Assert.InRange(batch.Length, 1, maxBatch));
            var committed = batches.SelectMany(batch => batch).ToLookup(item => item.Sender, item => item.N);
            foreach (var (sender, count) in senders.Index())
            {
                Assert.Equal(Enumerable.Range(0, count), committed[sender]);
            }
        });

    [Fact]
    public Task A_failure_fails_exactly_the_items_of_its_batch() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 6]).SampleAsync(
        async (count, maxBatch) =>
    {
        var failed = new HashSet<int>();
        await using var groupCommit = new GroupCommit<int>(1000, maxBatch, batch =>
        {
            if (batch[0] % 2 == 0)
            {
                return Task.CompletedTask;
            }

            failed.UnionWith(batch);
            throw new TimeoutException();
        });
        var added =
            Enumerable.Range(0, count).Select(
                item => (item, groupCommit.TryAdd(item, out var committed) ? committed : throw new InvalidOperationException("full")))
                    .ToList();
        await groupCommit.DisposeAsync();

        Assert.All(added, entry => Assert.Equal(failed.Contains(entry.item), entry.Item2.IsFaulted));
    });
}
