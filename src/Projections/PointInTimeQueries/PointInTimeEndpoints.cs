using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Problems;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.Projections.Treasures;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.PointInTimeQueries;

/// <summary>
/// <c>GET /admin/at/{sequence or time}/treasures/{id}</c>, and <c>/hunts/{id}</c>: what the log said then. A time is when an
/// event was recorded.
/// </summary>
public static class PointInTimeEndpoints
{
    public static void MapAt(this IEndpointRouteBuilder admin)
    {
        admin.MapGet(
            "/at/{moment}/treasures/{id}", (string moment, string id, RecordedEventReader log, CancellationToken cancellationToken) =>
            TellAsync<TreasureView>(
                moment, id, StreamNames.Treasure, TreasureViewProjection.Fold, log, ProblemNames.TreasureNotFound, cancellationToken));
        admin.MapGet("/at/{moment}/hunts/{id}", (string moment, string id, RecordedEventReader log, CancellationToken cancellationToken) =>
            TellAsync<HuntView>(moment, id, StreamNames.Hunt, HuntViewProjection.Fold, log, ProblemNames.HuntNotFound, cancellationToken));
    }

    private static async Task<IResult> TellAsync<TView>(
        string moment, string id, Func<string, string> streamOf, Func<TView?, object, TView?> fold, RecordedEventReader log,
        string notFound, CancellationToken cancellationToken)
        where TView : class
    {
        if (PointInTime.Parse(moment) is not { } upTo)
        {
            return AdminProblems.Of(
                400, ProblemNames.InvalidRequest, "No such moment.",
                "The moment is a sequence such as 4711, or a time such as 2026-11-24T18:00:00Z.");
        }

        if (AdminProblems.Id(nameof(id), id) is { } refusal)
        {
            return refusal;
        }

        var (state, last) = (default(Versioned<TView?>), default(RecordedEvent));
        await foreach (var fact in log.StreamAsync(streamOf(id), upTo, cancellationToken))
        {
            (state, last) = (state.After(fact, fold), fact);
        }

        return state.Value is null || last is null
            ? AdminProblems.Of(404, notFound, "The log did not know it.", "Not at that moment.")
            : Results.Ok(new { state.Sequence, RecordedAt = last.Recorded, last.Version, State = state.Value });
    }
}
