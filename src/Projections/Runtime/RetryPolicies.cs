using Polly;
using Polly.Retry;

namespace TreasureHunt.Projections.Runtime;

/// <summary>How a subscription tries a page again before its shard pauses.</summary>
public static class RetryPolicies
{
    /// <param name="attempts">Tries after the first.</param>
    /// <param name="first">Pause before the first of them; each is about twice as long as the one before, up to a second.</param>
    public static ResiliencePipeline Retry(int attempts, TimeSpan first) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = attempts,
            Delay = first,
            MaxDelay = TimeSpan.FromSeconds(1),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();
}
