using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Audit;

/// <summary>What came out of auditing one hunt: our own check of its log, and the engine's audit of itself.</summary>
/// <param name="Undecided">Claims of which this run knows no outcome, and the log knows none either.</param>
/// <param name="RecordedAfterDoubt">
/// Claims refused at the door after an attempt without an answer, which that attempt had got recorded after all.
/// </param>
public sealed record AuditResult(
    AuditFindings Findings, FeedSummary Log, HuntAudit Engine, int Unknown, int Undecided, int RecordedAfterDoubt)
{
    public bool Clean => Findings.Clean && Engine.Clean && Undecided == 0;

    public static async Task<AuditResult> ReachAsync(
        AdminApiClient desk,
        string huntId,
        IReadOnlyList<Promise> promises,
        IReadOnlySet<Guid> timed,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var check = new InvariantChecker(promises);
        var log = new FeedSummary(timed);
        await new EventFeedClient(desk, timeProvider).ReadAsync(
            huntId,
            entry =>
            {
                check.Observe(entry);
                log.Observe(entry);
            },
            cancellationToken);
        var answer = await desk.GetAsync<AuditResponse>($"/admin/audit?huntId={huntId}", cancellationToken);
        var engine = answer.Hunts.SingleOrDefault(hunt => hunt.HuntId == huntId)
            ?? throw new CliException($"The engine's audit says nothing about {huntId}.");
        return Of(check.Conclude(), log, engine, promises);
    }

    public static AuditResult Of(AuditFindings findings, FeedSummary log, HuntAudit engine, IReadOnlyList<Promise> promises)
    {
        var unknown = promises.Where(promise => promise.OutcomeUnknown).ToList();
        return new AuditResult(
            findings,
            log,
            engine,
            unknown.Count,
            unknown.Count(promise => !log.Holds(promise.ClaimId)),
            promises.Count(promise => promise is { Refused: true, Accepted: false, Unsure: true } && log.Holds(promise.ClaimId)));
    }
}
