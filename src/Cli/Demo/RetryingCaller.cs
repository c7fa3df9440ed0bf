using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Demo;

/// <summary>
/// Sends one claim until something definite is known of it, as a careful storefront would: with the same key, after the
/// pause that the engine asks for, until a deadline. A claim that is accepted but not decided yet is followed in the background.
/// </summary>
/// <param name="wait">How long one answer may be held back for the outcome.</param>
/// <param name="deadline">From the first attempt of a send until it is given up.</param>
public sealed class RetryingCaller(
    ClaimsApiClient door, DemoTally tally, Uri url, TimeSpan wait, TimeSpan deadline, TimeProvider timeProvider) : IDisposable
{
    /// <summary>Questions that may be under way at once; more claims than that may be waiting for their turn.</summary>
    private const int AskedAtOnce = 64;

    private static readonly TimeSpan PollAfter = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _asking = new(AskedAtOnce);
    private readonly List<Task> _followed = [];
    private readonly Random _random = new(1);

    public void Dispose() => _asking.Dispose();

    /// <param name="started">Timestamp at which the claim was (to be) sent.</param>
    public async Task CallAsync(Send send, long started, CancellationToken cancellationToken)
    {
        var first = send.History.BeginSend();
        tally.Begin();
        for (var attempt = 0; ; attempt++)
        {
            var answer = await AttemptAsync(send, cancellationToken);
            var elapsed = timeProvider.GetElapsedTime(started);
            switch (answer.Kind)
            {
                case ClaimReplyKind.Decided:
                    tally.Decide(answer, elapsed, first);
                    return;
                case ClaimReplyKind.Pending:
                    Follow(send, answer, started, first, cancellationToken);
                    return;
                case ClaimReplyKind.Refused:
                    tally.Refuse(answer, elapsed);
                    return;
            }

            var pause = Backoff.Before(attempt, answer.Wait, Dice());
            if (elapsed + pause > deadline)
            {
                tally.GiveUp(answer);
                return;
            }

            tally.Retry(answer);
            await Task.Delay(pause, timeProvider, cancellationToken);
        }
    }

    /// <summary>Waits until the outcome of every claim that is being followed is known, or its deadline has passed.</summary>
    public async Task FollowedAsync()
    {
        Task[] followed;
        lock (_followed)
        {
            followed = [.. _followed];
            _followed.Clear();
        }

        await Task.WhenAll(followed);
    }

    private async Task<ClaimReply> AttemptAsync(Send send, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await door.ClaimAsync(send.Call, wait, cancellationToken);
            send.History.Take(answer);
            return answer;
        }
        catch (OperationCanceledException)
        {
            send.History.Take(ClaimReply.Lost("interrupted"));
            throw;
        }
    }

    private void Follow(Send send, ClaimReply accepted, long started, bool first, CancellationToken cancellationToken)
    {
        lock (_followed)
        {
            _followed.Add(FollowAsync(send, accepted, started, first, cancellationToken));
        }
    }

    private async Task FollowAsync(Send send, ClaimReply accepted, long started, bool first, CancellationToken cancellationToken)
    {
        var location = new Uri(url, accepted.Location ?? new Uri($"/v1/claims/{send.History.ClaimId}", UriKind.Relative));
        var answer = accepted;
        while (timeProvider.GetElapsedTime(started) < deadline)
        {
            await Task.Delay(Backoff.Before(0, answer.Wait ?? PollAfter, Dice()), timeProvider, cancellationToken);
            await _asking.WaitAsync(cancellationToken);
            try
            {
                answer = await door.AskAsync(location, send.Call.Bearer, TimeSpan.Zero, cancellationToken);
            }
            finally
            {
                _asking.Release();
            }

            if (answer.Kind is ClaimReplyKind.Decided)
            {
                send.History.Take(answer);
                tally.Decide(answer, timeProvider.GetElapsedTime(started), first);
                return;
            }
        }

        tally.GiveUp(answer);
    }

    private double Dice()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }
}
