using System.Globalization;
using TreasureHunt.Cli.Audit;
using TreasureHunt.LoadGenerator;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Load;

/// <summary>
/// Measures how soon a read shows an outcome that its caller knows, and the order of two players that claim at the same moment.
/// </summary>
internal sealed class ConsistencyRuns(AdminApiClient admin, Uri site, TokenFactory tokens, TimeProvider timeProvider, Action<string> report)
    : IDisposable
{
    /// <summary>The name of the reads on an idle set.</summary>
    public const string Idle = "read-after-outcome";

    /// <summary>The name of the reads at 1,000 claims a second.</summary>
    public const string UnderLoad = "read-after-outcome-1000";

    /// <summary>Two players claim the one unit of each treasure.</summary>
    public static readonly Scenario Duels = new("duels", "200 treasures with one unit", 200, 1);

    private const int Reads = 200;

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The set is idle again: the read models have the last duel.</summary>
    private static readonly TimeSpan DuelPause = TimeSpan.FromMilliseconds(20);

    private readonly ClaimsApiClient _client = new();

    public void Dispose() => _client.Dispose();

    /// <summary>Claims, and reads each outcome right after the caller knows it. The measured time ends when a read shows it.</summary>
    /// <param name="run">A hunt with 50 treasures.</param>
    /// <param name="load">Ends the measurement when it completes; null for an idle set.</param>
    /// <exception cref="LoadException">No read shows an outcome for ten seconds.</exception>
    public async Task<MeasuredRun> ReadAsync(string name, string run, int repeat, Task? load)
    {
        var times = new LatencyHistogram();
        var start = timeProvider.GetTimestamp();
        for (var n = 0; n < Reads && load is not { IsCompleted: true }; n++)
        {
            var bearer = $"Bearer {tokens.Player($"reader-{n}")}";
            var claim = await ClaimAsync($"{run}-{n % Scenarios.Fifty.Treasures}", bearer, $"{name}-{repeat}");
            if (claim is { Kind: ClaimReplyKind.Decided, ClaimId: { } claimId })
            {
                times.Record(await TimeToReadAsync(new Uri(site, $"/v1/claims/{claimId}"), bearer));
            }
        }

        var seconds = timeProvider.GetElapsedTime(start).TotalSeconds;
        var measured = new MeasuredRun(
            name, null, seconds, 0, times.Count / seconds, 0, new Dictionary<string, long>(), LatencySummary.None, times.Summarize(),
            LatencySummary.None, new Dictionary<string, double>());
        report(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} {repeat} {times.Count} reads p50 {measured.Reads.P50:N1} p95 {measured.Reads.P95:N1} ms"));
        return measured;
    }

    /// <summary>Lets two players claim each treasure of a hunt at the same moment, and audits the hunt.</summary>
    public async Task<DuelResults> DuelAsync(string run)
    {
        for (var n = 0; n < Duels.Treasures; n++)
        {
            // A player of two duels could reach the limit of claims a second.
            await Task.WhenAll(
                ClaimAsync($"{run}-{n}", $"Bearer {tokens.Player($"one-of-duel-{n}")}", run),
                ClaimAsync($"{run}-{n}", $"Bearer {tokens.Player($"other-of-duel-{n}")}", run));
            await Task.Delay(DuelPause, timeProvider);
        }

        var audit = await admin.GetAsync<AuditResponse>($"/admin/audit?huntId={run}", CancellationToken.None);
        var hunt = audit.Hunts.Single();
        var results = new DuelResults(Duels.Treasures, hunt.Decided, hunt.Inversions, hunt.LongestInversionMs);
        report(results.ToString());
        return results;
    }

    private Task<ClaimReply> ClaimAsync(string treasureId, string bearer, string key) => _client.ClaimAsync(
        new ClaimCall(new Uri(site, $"/v1/treasures/{treasureId}/claims"), bearer, key, null), Wait, CancellationToken.None);

    private async Task<TimeSpan> TimeToReadAsync(Uri claim, string bearer)
    {
        var start = timeProvider.GetTimestamp();
        while ((await _client.GetOutcomeAsync(claim, bearer, TimeSpan.Zero, CancellationToken.None)).Kind != ClaimReplyKind.Decided)
        {
            if (timeProvider.GetElapsedTime(start) > ReadTimeout)
            {
                throw new LoadException($"No read of {claim} shows the outcome {ReadTimeout.TotalSeconds:0} s after its caller knew it.");
            }
        }

        return timeProvider.GetElapsedTime(start);
    }
}
