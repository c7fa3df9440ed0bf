using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.CircuitBreaker;

namespace TreasureHunt.Api.Caching;

/// <summary>The way to one cache: a deadline for each call, and around it a breaker that stops asking what does not answer.</summary>
public sealed class ResilientCache
{
    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly ResiliencePipeline _pipeline;
    private volatile bool _answered;

    /// <param name="name">What metrics and health call it.</param>
    /// <param name="deadline">Longest wait for an answer.</param>
    public ResilientCache(string name, TimeSpan deadline)
    {
        Name = name;
        _pipeline = new ResiliencePipelineBuilder { Name = name }
            // Metrics only: what is worth a line in the log is said once, when the level changes.
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
            .AddTimeout(deadline)
            .Build();
    }

    public string Name { get; }

    /// <summary>Whether calls are refused without asking, but for one now and then that finds out.</summary>
    public bool IsOpen => _breaker.CircuitState != CircuitState.Closed;

    /// <summary><c>closed</c>, <c>half-open</c> or <c>open</c>.</summary>
    public string Breaker => _breaker.CircuitState switch
    {
        CircuitState.Closed => "closed",
        CircuitState.HalfOpen => "half-open",
        _ => "open",
    };

    /// <summary>Whether the last <see cref="ProbeAsync"/> was answered, and calls go through.</summary>
    public bool IsUp => _answered && !IsOpen;

    /// <exception cref="Exception">One that <see cref="CacheTiers.IsOutage"/> knows when the cache does not answer.</exception>
    public async Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(async token => await ask(token), cancellationToken);

    /// <summary>Asks for the sake of asking: a breaker learns nothing, good or bad, while nobody reads.</summary>
    public async Task ProbeAsync(Func<CancellationToken, Task<bool>> ask, CancellationToken cancellationToken)
    {
        try
        {
            _answered = await ExecuteAsync(ask, cancellationToken);
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            _answered = false;
        }
    }
}
