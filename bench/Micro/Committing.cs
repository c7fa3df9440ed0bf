using BenchmarkDotNet.Attributes;
using TreasureHunt.Platform.Batching;

namespace TreasureHunt.Micro;

/// <summary>The overhead of a group commit without a commit, for a thousand concurrent callers.</summary>
[MemoryDiagnoser]
public class Committing
{
    private const int Callers = 1_000;

    private GroupCommit<int> _commits = null!;

    [GlobalSetup]
    public void Open() => _commits = new GroupCommit<int>(Callers, 500, _ => Task.CompletedTask);

    [GlobalCleanup]
    public async Task CloseAsync() => await _commits.DisposeAsync();

    [Benchmark(Baseline = true, OperationsPerInvoke = Callers)]
    public Task AloneAsync() => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => { })));

    [Benchmark(OperationsPerInvoke = Callers)]
    public Task InLineAsync() =>
        Task.WhenAll(
            Enumerable.Range(0, Callers).Select(
                n => _commits.TryAdd(n, out var committed) ? committed : throw new InvalidOperationException("The queue is full.")));
}
