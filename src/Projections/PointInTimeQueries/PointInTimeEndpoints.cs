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
/// <c>GET /admin/at/{sequence or time}/treasures/{id}</c>, and <c>/hunts/{id}</c>: the state at a point in time. A time is compared
/// with the times at which events were recorded.
/// </summary>
public static class PointInTimeEndpoints
{
    public static void MapPointInTimeQueries(this IEndpointRouteBuilder admin)
    {
        admin.MapGet(
            "/at/{moment}/treasures/{id}",
            (string moment, string id, EventReader eventReader, CancellationToken cancellationToken) =>
            GetStateAsync<TreasureView>(
                moment, id, StreamNames.Treasure, TreasureViewProjection.Evolve, eventReader, ProblemNames.TreasureNotFound,
                cancellationToken));
        admin.MapGet(
            "/at/{moment}/hunts/{id}", (string moment, string id, EventReader eventReader, CancellationToken cancellationToken) =>
            GetStateAsync<HuntView>(
                moment, id, StreamNames.Hunt, HuntViewProjection.Evolve, eventReader, ProblemNames.HuntNotFound, cancellationToken));
    }

    private static async Task<IResult> GetStateAsync<TView>(
        string moment, string id, Func<string, string> streamOf, Func<TView?, object, TView?> evolve, EventReader eventReader,
        string notFound, CancellationToken cancellationToken)
        where TView : class
    {
        if (PointInTime.Parse(moment) is not { } upTo)
        {
            return AdminProblems.Create(ProblemNames.InvalidRequest, "The point in time is malformed.",
                "A point in time is a sequence such as 4711, or a time such as 2026-11-24T18:00:00Z.");
        }

        if (AdminProblems.ValidateId(nameof(id), id) is { } refusal)
        {
            return refusal;
        }

        var (state, last) = (default(Versioned<TView?>), default(RecordedEvent));
        await foreach (var recorded in eventReader.ReadStreamAsync(streamOf(id), upTo, cancellationToken))
        {
            (state, last) = (state.Evolve(recorded, evolve), recorded);
        }

        return state.Value is null || last is null
            ? AdminProblems.Create(notFound, "Not found.", "It did not exist at that point in time.")
            : Results.Ok(new { state.Sequence, RecordedAt = last.RecordedAt, last.Version, State = state.Value });
    }
}
