using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.CircuitBreaker;

namespace TreasureHunt.Api.Caching;

/// <summary>The calls to one cache. Each has a timeout, and a circuit breaker stops calls to a cache that does not answer.</summary>
public sealed class ResilientCache
{
    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly ResiliencePipeline _pipeline;
    private volatile bool _hasAnswered;

    /// <param name="name">The name in metrics and health checks.</param>
    public ResilientCache(string name, TimeSpan timeout)
    {
        Name = name;
        _pipeline = new ResiliencePipelineBuilder { Name = name }
            // Metrics only: the change of the service level is logged once instead.
            .ConfigureTelemetry(NullLoggerFactory.Instance)
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(
                    exception => CacheTiers.IsOutage(exception) && !CacheTiers.IsOverload(exception)),
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(5),
                BreakDuration = TimeSpan.FromSeconds(1),
                StateProvider = _breaker,
            })
            .AddTimeout(timeout)
            .Build();
    }

    public string Name { get; }

    /// <summary>Whether the circuit breaker refuses calls. It lets one through from time to time to test the cache.</summary>
    public bool IsOpen => _breaker.CircuitState != CircuitState.Closed;

    /// <summary><c>closed</c>, <c>half-open</c> or <c>open</c>.</summary>
    public string Breaker => _breaker.CircuitState switch
    {
        CircuitState.Closed => BreakerStates.Closed,
        CircuitState.HalfOpen => BreakerStates.HalfOpen,
        _ => BreakerStates.Open,
    };

    /// <summary>Whether the last <see cref="ProbeAsync"/> was answered and the circuit breaker is closed.</summary>
    public bool IsUp => _hasAnswered && !IsOpen;

    /// <exception cref="Exception">The cache does not answer: <see cref="CacheTiers.IsOutage"/> is true for it.</exception>
    public async Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(async token => await call(token), cancellationToken);

    /// <summary>Calls the cache only to test it: without calls, the circuit breaker does not change its state.</summary>
    public async Task ProbeAsync(Func<CancellationToken, Task<bool>> call, CancellationToken cancellationToken)
    {
        try
        {
            _hasAnswered = await ExecuteAsync(call, cancellationToken);
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            _hasAnswered = false;
        }
    }
}
