using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.LoadGenerator.Load;

/// <summary>
/// Sends one claim until its response is definite, as a careful storefront would: with the same key, after the delay that the engine
/// requests, until a deadline. The outcome of an accepted claim is polled in the background.
/// </summary>
/// <param name="wait">How long the engine may hold a response back until the outcome is known.</param>
/// <param name="deadline">From the first request of a claim until it is given up.</param>
public sealed class RetryingCaller(
    ClaimsApiClient client, ClaimTally tally, Uri url, TimeSpan wait, TimeSpan deadline, TimeProvider timeProvider) : IDisposable
{
    /// <summary>The most outcome polls in flight. Further claims wait for their turn.</summary>
    private const int MaxConcurrentPolls = 64;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _polls = new(MaxConcurrentPolls);
    private readonly List<Task> _pending = [];
    private readonly Random _random = new(1);

    public void Dispose() => _polls.Dispose();

    /// <param name="started">Timestamp from which the latency counts: when the claim was due.</param>
    public async Task CallAsync(PreparedClaim claim, long started, CancellationToken cancellationToken)
    {
        var first = claim.History.BeginSend();
        tally.Begin();
        for (var attempt = 0; ; attempt++)
        {
            var reply = await AttemptAsync(claim, cancellationToken);
            var elapsed = timeProvider.GetElapsedTime(started);
            switch (reply.Kind)
            {
                case ClaimReplyKind.Decided:
                    tally.Decide(reply, elapsed, first);
                    return;
                case ClaimReplyKind.Pending:
                    PollInBackground(claim, reply, started, first, cancellationToken);
                    return;
                case ClaimReplyKind.Refused:
                    tally.Refuse(reply, elapsed);
                    return;
            }

            var delay = Backoff.DelayBefore(attempt, reply.RetryAfter, NextRandom());
            if (elapsed + delay > deadline)
            {
                tally.GiveUp(reply);
                return;
            }

            tally.Retry(reply);
            await Task.Delay(delay, timeProvider, cancellationToken);
        }
    }

    /// <summary>Waits until the outcome of every polled claim is known or its deadline has passed.</summary>
    public async Task WaitForOutcomesAsync()
    {
        Task[] pending;
        lock (_pending)
        {
            pending = [.. _pending];
            _pending.Clear();
        }

        await Task.WhenAll(pending);
    }

    private async Task<ClaimReply> AttemptAsync(PreparedClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await client.ClaimAsync(claim.Call, wait, cancellationToken);
            claim.History.Record(reply);
            return reply;
        }
        catch (OperationCanceledException)
        {
            claim.History.Record(ClaimReply.Unknown("interrupted"));
            throw;
        }
    }

    private void PollInBackground(PreparedClaim claim, ClaimReply accepted, long started, bool first, CancellationToken cancellationToken)
    {
        lock (_pending)
        {
            _pending.Add(PollAsync(claim, accepted, started, first, cancellationToken));
        }
    }

    private async Task PollAsync(PreparedClaim claim, ClaimReply accepted, long started, bool first, CancellationToken cancellationToken)
    {
        var location = new Uri(url, accepted.Location ?? new Uri($"/v1/claims/{claim.History.ClaimId}", UriKind.Relative));
        var reply = accepted;
        while (timeProvider.GetElapsedTime(started) < deadline)
        {
            await Task.Delay(Backoff.DelayBefore(0, reply.RetryAfter ?? PollInterval, NextRandom()), timeProvider, cancellationToken);
            await _polls.WaitAsync(cancellationToken);
            try
            {
                reply = await client.GetOutcomeAsync(location, claim.Call.Bearer, TimeSpan.Zero, cancellationToken);
            }
            finally
            {
                _polls.Release();
            }

            if (reply.Kind is ClaimReplyKind.Decided)
            {
                claim.History.Record(reply);
                tally.Decide(reply, timeProvider.GetElapsedTime(started), first);
                return;
            }
        }

        tally.GiveUp(reply);
    }

    private double NextRandom()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }
}
