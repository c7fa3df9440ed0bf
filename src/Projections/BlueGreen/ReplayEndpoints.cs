using Microsoft.AspNetCore.Http.HttpResults;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Projections.Problems;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary><c>/admin/replays</c>: requests replays, shows their progress, cancels them.</summary>
public static class ReplayEndpoints
{
    private const int MaxListed = 50;

    public static void MapReplays(this IEndpointRouteBuilder admin)
    {
        admin.MapPost("/replays", RequestReplayAsync);
        admin.MapGet(
            "/replays", (ReplayTable table, CancellationToken cancellationToken) => table.ListLatestAsync(MaxListed, cancellationToken));
        admin.MapGet("/replays/{id:guid}", async (Guid id, ReplayTable table, CancellationToken cancellationToken) =>
            await table.FindAsync(id, cancellationToken) is { } report ? Results.Ok(report) : ReplayNotFound());
        admin.MapDelete("/replays/{id:guid}", async (Guid id, ReplayTable table, CancellationToken cancellationToken) =>
            await table.FindAsync(id, cancellationToken) is null ? ReplayNotFound()
            : await table.CancelReplayAsync(id, cancellationToken) ? Results.NoContent()
            : Problem(ProblemNames.NotAllowedNow, "Only an unfinished replay or rollback can be cancelled."));
        admin.MapGet(
            "/generations",
            async (GenerationTable generations, CancellationToken cancellationToken) =>
                (await generations.ReadAllAsync(cancellationToken)).Values);
    }

    private static async Task<IResult> RequestReplayAsync(
        ReplayRequest request, HttpContext http, ReplayTable table, GenerationTable generations, GenerationSupervisor supervisor,
        CancellationToken cancellationToken)
    {
        if (request.ReadModel is null || !ReadModelNames.All.Contains(request.ReadModel))
        {
            return Problem(ProblemNames.InvalidRequest, $"readModel must be one of {string.Join(", ", ReadModelNames.All)}.");
        }

        if (request is { Rollback: true, DryRun: true } or { Rollback: true, Compare: true })
        {
            return Problem(ProblemNames.InvalidRequest, "A rollback has no dry run and no comparison.");
        }

        var live = (await generations.ReadAllAsync(cancellationToken)).GetValueOrDefault(request.ReadModel);
        if (request.Rollback && live?.Previous is null)
        {
            return Problem(ProblemNames.NotAllowedNow, $"{request.ReadModel} has no previous generation.");
        }

        var report = request.Rollback
            ? await table.RequestReplayAsync(
                request.ReadModel, ReplayKinds.Rollback, live!.Previous, by: http.Actor(), cancellationToken: cancellationToken)
            : await table.RequestReplayAsync(
                request.ReadModel, ReplayKinds.Replay, null, request.DryRun, request.Compare, http.Actor(), cancellationToken);
        if (report is null)
        {
            return Problem(ProblemNames.NotAllowedNow, $"A replay of {request.ReadModel} is running.");
        }

        supervisor.NotifyReplayRequested();
        return Results.Accepted($"/admin/replays/{report.Id}", report);
    }

    private static ProblemHttpResult ReplayNotFound() => Problem(ProblemNames.NotFound, "This replay does not exist.");

    private static ProblemHttpResult Problem(string name, string detail) =>
        AdminProblems.Create(name, "The replay is not possible.", detail);
}
