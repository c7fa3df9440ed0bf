using TreasureHunt.InvariantChecker;
using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.Cli.Audit;

/// <summary>The audit of one hunt: the independent check of its recorded events, and the engine's own audit.</summary>
/// <param name="Unknown">Claims whose outcome no caller received.</param>
/// <param name="Undecided">Claims without an outcome, neither received nor recorded.</param>
/// <param name="RecordedAfterDoubt">
/// Claims that were refused after a request without a response, although that request was recorded.
/// </param>
public sealed record AuditResult(
    AuditFindings Findings, FeedSummary Events, HuntAudit Engine, int Unknown, int Undecided, int RecordedAfterDoubt)
{
    public bool Clean => Findings.Clean && Engine.Clean && Undecided == 0;

    public static async Task<AuditResult> MakeAsync(
        AdminApiClient client,
        string huntId,
        IReadOnlyList<ClaimObservation> observations,
        IReadOnlySet<Guid> timed,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var checker = new EventChecker(observations);
        var events = new FeedSummary(timed);
        await new EventFeedClient(client, timeProvider).ReadAsync(
            huntId,
            entry =>
            {
                checker.Observe(entry);
                events.Observe(entry);
            },
            cancellationToken);
        var response = await client.GetAsync<AuditResponse>($"/admin/audit?huntId={huntId}", cancellationToken);
        var engine = response.Hunts.SingleOrDefault(hunt => hunt.HuntId == huntId)
            ?? throw new CliException($"The engine's audit says nothing about {huntId}.");
        return Of(checker.Conclude(), events, engine, observations);
    }

    public static AuditResult Of(AuditFindings findings, FeedSummary events, HuntAudit engine, IReadOnlyList<ClaimObservation> observations)
    {
        var unknown = observations.Where(observation => observation.OutcomeUnknown).ToList();
        return new AuditResult(
            findings,
            events,
            engine,
            unknown.Count,
            unknown.Count(observation => !events.Contains(observation.ClaimId)),
            observations.Count(
                observation => observation is { Refused: true, Accepted: false, Unsure: true } && events.Contains(observation.ClaimId)));
    }
}
