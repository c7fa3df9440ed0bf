using CsCheck;
using TreasureHunt.Platform.Failures;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>Bisection isolates the failing items of a batch and processes the others in order.</summary>
public class BisectionSpecs
{
    [Fact]
    public Task Bad_items_are_isolated_and_all_others_are_processed_once_in_order() =>
        Gen.Int[0, 200].SelectMany(count => Gen.Bool.Array[count]).SampleAsync(async bad =>
        {
            var run = new Run(item => bad[item]);

            await Bisection.RunAsync([.. Enumerable.Range(0, bad.Length)], run.Process, run.Isolate);

            Assert.Equal(Enumerable.Range(0, bad.Length).Where(item => !bad[item]), run.Processed);
            Assert.Equal(Enumerable.Range(0, bad.Length).Where(item => bad[item]), run.Isolated);
        });

    [Fact]
    public async Task One_bad_item_among_a_thousand_takes_at_most_21_runs()
    {
        var run = new Run(item => item == 617);

        await Bisection.RunAsync([.. Enumerable.Range(0, 1_000)], run.Process, run.Isolate);

        Assert.Equal([617], run.Isolated);
        Assert.InRange(run.Runs, 1, 21);
    }

    [Fact]
    public async Task A_batch_without_bad_items_takes_one_run()
    {
        var run = new Run(_ => false);

        await Bisection.RunAsync([.. Enumerable.Range(0, 1_000)], run.Process, run.Isolate);

        Assert.Equal(1, run.Runs);
    }

    [Fact]
    public async Task A_cancellation_isolates_nothing()
    {
        var isolated = new List<int>();

        await Assert.ThrowsAsync<OperationCanceledException>(() => Bisection.RunAsync(
            [1, 2, 3], _ => throw new OperationCanceledException(), (item, _) => isolated.Add(item)));

        Assert.Empty(isolated);
    }

    private sealed class Run(Func<int, bool> isBad)
    {
        public int Runs { get; private set; }

        public List<int> Processed { get; } = [];

        public List<int> Isolated { get; } = [];

        public Task Process(IReadOnlyList<int> items)
        {
            Runs++;
            if (items.Any(isBad))
            {
                throw new FormatException();
            }

            Processed.AddRange(items);
            return Task.CompletedTask;
        }

        public void Isolate(int item, Exception exception) => Isolated.Add(item);
    }
}
