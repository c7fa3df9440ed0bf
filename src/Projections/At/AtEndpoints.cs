using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Projections.Feed;
using TreasureHunt.Projections.Folding;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Treasures;

namespace TreasureHunt.Projections.At;

/// <summary>
/// <c>GET /admin/at/{sequence or time}/treasures/{id}</c>, and <c>/hunts/{id}</c>: what the log said then. A time is when an
/// event was recorded.
/// </summary>
public static class AtEndpoints
{
    public static void MapAt(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/at/{moment}/treasures/{id}", (string moment, string id, FactReader log, CancellationToken cancellation) =>
            Tell<TreasureView>(moment, StreamNames.Treasure(id), TreasureFold.Fold, log, Problems.TreasureNotFound, cancellation));
        admin.MapGet("/at/{moment}/hunts/{id}", (string moment, string id, FactReader log, CancellationToken cancellation) =>
            Tell<HuntView>(moment, StreamNames.Hunt(id), HuntFold.Fold, log, Problems.HuntNotFound, cancellation));
    }

    private static async Task<IResult> Tell<TView>(
        string moment, string stream, Func<TView?, object, TView?> fold, FactReader log, string notFound, CancellationToken cancellation)
        where TView : class
    {
        if (Before(moment) is not { } before)
        {
            return Refusal.Of(
                400, Problems.InvalidRequest, "No such moment.", "The moment is a sequence such as 4711, or a time such as 2026-11-24T18:00:00Z.");
        }

        var facts = (await log.Stream(stream, cancellation)).TakeWhile(before).ToList();
        var state = facts.Aggregate(default(Folded<TView>), (folded, fact) => folded.After(fact, fold));
        return state.View is null
            ? Refusal.Of(404, notFound, "The log did not know it.", "Not at that moment.")
            : Results.Ok(new { state.Sequence, RecordedAt = facts[^1].Recorded, Version = facts[^1].Version, State = state.View });
    }

    private static Func<Fact, bool>? Before(string moment) =>
        long.TryParse(moment, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? fact => fact.Sequence <= sequence
        : DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? fact => fact.Recorded <= time
        : null;
}
