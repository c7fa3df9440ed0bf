using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Demo;

/// <summary>
/// One caller alone with the engine: how long from the request to the outcome, and does a look right after show the same?
/// </summary>
/// <param name="insistent">Takes over a claim that had no outcome in one call.</param>
public sealed class LatencyProbe(ClaimsApiClient door, RetryingCaller insistent, Uri url, TimeProvider timeProvider)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private readonly LatencyHistogram _outcome = new();

    /// <summary>Looks right after the outcome that showed another one, or none.</summary>
    public int Mismatches { get; private set; }

    /// <summary>Claims that had no outcome in one call.</summary>
    public int WithoutOutcome { get; private set; }

    public Percentiles? OutcomeMs => _outcome.InMs();

    /// <param name="warmUp">So many of the first ones are not measured.</param>
    public async Task RunAsync(IReadOnlyList<Send> sends, int warmUp, CancellationToken cancellationToken)
    {
        for (var i = 0; i < sends.Count; i++)
        {
            var send = sends[i];
            send.History.BeginSend();
            var started = timeProvider.GetTimestamp();
            var answer = await door.ClaimAsync(send.Call, Wait, cancellationToken);
            var elapsed = timeProvider.GetElapsedTime(started);
            send.History.Take(answer);
            if (answer.Kind != ClaimReplyKind.Decided)
            {
                await insistent.CallAsync(send, started, cancellationToken);
            }

            var look =
                await door.AskAsync(new Uri(url, $"/v1/claims/{send.History.ClaimId}"), send.Call.Bearer, TimeSpan.Zero, cancellationToken);
            if (look.Kind == ClaimReplyKind.Decided)
            {
                send.History.Take(look);
            }

            if (i >= warmUp)
            {
                Judge(answer, look, elapsed);
            }
        }

        await insistent.FollowedAsync();
    }

    private void Judge(ClaimReply answer, ClaimReply look, TimeSpan elapsed)
    {
        if (answer.Kind != ClaimReplyKind.Decided)
        {
            WithoutOutcome++;
            return;
        }

        _outcome.Record(elapsed);
        if ((answer.Kind, answer.What, answer.Reason) != (look.Kind, look.What, look.Reason))
        {
            Mismatches++;
        }
    }
}
