using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace TreasureHunt.LoadGenerator.Http;

/// <summary>The retries of the admin client: every half second, for a minute, after a failure that may pass.</summary>
internal static class AdminRetries
{
    /// <summary>From the first attempt until a failure is final.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private static readonly HttpRequestOptionsKey<bool> Enabled = new("retries");

    /// <summary>Marks a request that may be repeated.</summary>
    public static void Enable(HttpRequestMessage request) => request.Options.Set(Enabled, true);

    public static bool AreEnabled(HttpRequestMessage request) => request.Options.TryGetValue(Enabled, out var enabled) && enabled;

    public static bool IsTransient(HttpStatusCode status) =>
        status is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests;

    /// <summary>The pipeline of one request. Its time begins now.</summary>
    public static ResiliencePipeline<HttpResponseMessage> PipelineOf(HttpRequestMessage request, TimeProvider timeProvider)
    {
        if (!AreEnabled(request))
        {
            return ResiliencePipeline<HttpResponseMessage>.Empty;
        }

        var started = timeProvider.GetTimestamp();
        return new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = timeProvider }
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Constant,
                Delay = Interval,
                UseJitter = false,
                ShouldRetryAfterHeader = false,
                ShouldHandle = attempt => ValueTask.FromResult(
                    IsTransient(attempt.Outcome) && timeProvider.GetElapsedTime(started) <= Timeout),
            })
            .Build();
    }

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException or IOException
        || (outcome.Result is { } response && IsTransient(response.StatusCode));
}
