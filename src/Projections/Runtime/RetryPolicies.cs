using Polly;
using Polly.Retry;

namespace TreasureHunt.Projections.Runtime;

/// <summary>Retries of a failed batch, before the shard of a subscription pauses.</summary>
public static class RetryPolicies
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(1);

    /// <param name="maxRetries">Attempts after the first; 1 or more.</param>
    /// <param name="firstDelay">Delay before the first retry. It doubles with each retry, up to one second, with jitter.</param>
    public static ResiliencePipeline CreateBatchRetry(int maxRetries, TimeSpan firstDelay) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = maxRetries,
            Delay = firstDelay,
            MaxDelay = MaxDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();
}
