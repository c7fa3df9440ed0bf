using BenchmarkDotNet.Attributes;
using TreasureHunt.Platform.Batching;

namespace TreasureHunt.Micro;

/// <summary>What a place in the line costs, when nothing is to be committed: a thousand callers at once.</summary>
[MemoryDiagnoser]
public class Committing
{
    private const int Callers = 1_000;

    private GroupCommit<int> _line = null!;

    [GlobalSetup]
    public void Open() => _line = new GroupCommit<int>(Callers, 500, TimeSpan.Zero, TimeProvider.System, _ => Task.CompletedTask);

    [GlobalCleanup]
    public async Task CloseAsync() => await _line.DisposeAsync();

    [Benchmark(Baseline = true, OperationsPerInvoke = Callers)]
    public Task AloneAsync() => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => { })));

    [Benchmark(OperationsPerInvoke = Callers)]
    public Task InLineAsync() =>
        Task.WhenAll(
            Enumerable.Range(0, Callers).Select(
                n => _line.TryAdd(n, out var committed) ? committed : throw new InvalidOperationException("The line is full.")));
}
