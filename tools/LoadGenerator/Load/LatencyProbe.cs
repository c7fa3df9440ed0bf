using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.LoadGenerator.Load;

/// <summary>
/// Measures the engine with one caller alone: the latency from the request to the outcome, and whether a read right after it shows the same
/// outcome.
/// </summary>
/// <param name="retryingCaller">Continues with a claim that has no outcome after one request.</param>
public sealed class LatencyProbe(ClaimsApiClient client, RetryingCaller retryingCaller, Uri url, TimeProvider timeProvider)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private readonly LatencyHistogram _outcome = new();

    /// <summary>Reads right after the outcome that showed another one, or none.</summary>
    public int Mismatches { get; private set; }

    /// <summary>Claims without an outcome after one request.</summary>
    public int WithoutOutcome { get; private set; }

    /// <summary>Null when nothing was measured.</summary>
    public LatencySummary? OutcomeMs => _outcome.Count == 0 ? null : _outcome.Summarize().Rounded();

    /// <param name="warmUp">The number of first claims that are not measured.</param>
    public async Task RunAsync(IReadOnlyList<PreparedClaim> claims, int warmUp, CancellationToken cancellationToken)
    {
        for (var i = 0; i < claims.Count; i++)
        {
            var claim = claims[i];
            claim.History.BeginSend();
            var started = timeProvider.GetTimestamp();
            var reply = await client.ClaimAsync(claim.Call, Wait, cancellationToken);
            var elapsed = timeProvider.GetElapsedTime(started);
            claim.History.Record(reply);
            if (reply.Kind != ClaimReplyKind.Decided)
            {
                await retryingCaller.CallAsync(claim, started, cancellationToken);
            }

            var read =
                await client.GetOutcomeAsync(
                    new Uri(url, $"/v1/claims/{claim.History.ClaimId}"), claim.Call.Bearer, TimeSpan.Zero, cancellationToken);
            if (read.Kind == ClaimReplyKind.Decided)
            {
                claim.History.Record(read);
            }

            if (i >= warmUp)
            {
                Measure(reply, read, elapsed);
            }
        }

        await retryingCaller.WaitForOutcomesAsync();
    }

    private void Measure(ClaimReply reply, ClaimReply read, TimeSpan elapsed)
    {
        if (reply.Kind != ClaimReplyKind.Decided)
        {
            WithoutOutcome++;
            return;
        }

        _outcome.Record(elapsed);
        if ((reply.Kind, reply.Result, reply.Reason) != (read.Kind, read.Result, read.Reason))
        {
            Mismatches++;
        }
    }
}
