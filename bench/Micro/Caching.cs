using BenchmarkDotNet.Attributes;
using TreasureHunt.Platform.Memcached;

namespace TreasureHunt.Micro;

/// <summary>The Memcached client against a real server: its address is in <c>ConnectionStrings__Memcached</c>.</summary>
[MemoryDiagnoser]
public class Caching
{
    private const int Together = 100;
    private const string Key = "micro";

    private static readonly byte[] Value = new byte[512];

    private MemcachedClient _client = null!;

    [GlobalSetup]
    public async Task ConnectAsync()
    {
        var server = Environment.GetEnvironmentVariable("ConnectionStrings__Memcached")
            ?? throw new InvalidOperationException("ConnectionStrings__Memcached is not set: './hunt bench micro' sets it.");
        _client = new MemcachedClient(MemcachedOptions.Parse(server));
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await _client.SetUnlessAsync(Key, Value, _ => false, TimeSpan.FromHours(1));
                return;
            }
            catch (MemcachedException) when (attempt < 50)
            {
                // The client connects in the background, without a notification.
                await Task.Delay(100);
            }
        }
    }

    [GlobalCleanup]
    public async Task DisconnectAsync() => await _client.DisposeAsync();

    [Benchmark(Baseline = true)]
    public async Task<CacheRead> GetAsync() => await _client.GetAsync(Key);

    [Benchmark(OperationsPerInvoke = Together)]
    public Task GetTogetherAsync() => Task.WhenAll(Enumerable.Range(0, Together).Select(_ => _client.GetAsync(Key).AsTask()));

    [Benchmark]
    public async Task SetUnlessAsync() => await _client.SetUnlessAsync(Key, Value, _ => false, TimeSpan.FromHours(1));
}
