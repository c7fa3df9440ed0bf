using Microsoft.AspNetCore.Http.HttpResults;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Projections.Problems;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>What an admin may ask for.</summary>
/// <param name="ReadModel">One of <see cref="ReadModelNames"/>.</param>
/// <param name="DryRun">Build and compare the new generation, then throw it away.</param>
/// <param name="Compare">Compare all of both generations, and not a sample.</param>
/// <param name="Rollback">Bring the previous generation up to date and let readers see it again.</param>
public sealed record ReplayRequest(string? ReadModel, bool DryRun = false, bool Compare = false, bool Rollback = false);

/// <summary><c>/admin/replays</c>: asks for replays, tells how far they are, calls them off.</summary>
public static class ReplayEndpoints
{
    private const int Shown = 50;

    public static void MapReplays(this IEndpointRouteBuilder admin)
    {
        admin.MapPost("/replays", AskAsync);
        admin.MapGet("/replays", (ReplayTable table, CancellationToken cancellationToken) => table.LatestAsync(Shown, cancellationToken));
        admin.MapGet("/replays/{id:guid}", async (Guid id, ReplayTable table, CancellationToken cancellationToken) =>
            await table.FindAsync(id, cancellationToken) is { } report ? Results.Ok(report) : NoSuchReplay());
        admin.MapDelete("/replays/{id:guid}", async (Guid id, ReplayTable table, CancellationToken cancellationToken) =>
            await table.FindAsync(id, cancellationToken) is null ? NoSuchReplay()
            : await table.CancelAsync(id, cancellationToken) ? Results.NoContent()
            : Problem(409, ProblemNames.NotAllowedNow, "Only a replay or a rollback that is under way can be cancelled."));
        admin.MapGet(
            "/generations",
            async (GenerationTable generations, CancellationToken cancellationToken) =>
                (await generations.ReadAsync(cancellationToken)).Values);
    }

    private static async Task<IResult> AskAsync(
        ReplayRequest request, HttpContext http, ReplayTable table, GenerationTable generations, GenerationSupervisor keeper,
        CancellationToken cancellationToken)
    {
        if (request.ReadModel is null || !ReadModelNames.All.Contains(request.ReadModel))
        {
            return Problem(400, ProblemNames.InvalidRequest, $"readModel is one of {string.Join(", ", ReadModelNames.All)}.");
        }

        if (request is { Rollback: true, DryRun: true } or { Rollback: true, Compare: true })
        {
            return Problem(400, ProblemNames.InvalidRequest, "A rollback is neither tried nor compared.");
        }

        var live = (await generations.ReadAsync(cancellationToken)).GetValueOrDefault(request.ReadModel);
        if (request.Rollback && live?.Previous is null)
        {
            return Problem(409, ProblemNames.NotAllowedNow, $"There is no previous generation of {request.ReadModel}.");
        }

        var report = request.Rollback
            ? await table.RequestAsync(
                request.ReadModel, ReplayKinds.Rollback, live!.Previous, by: http.Actor(), cancellationToken: cancellationToken)
            : await table.RequestAsync(
                request.ReadModel, ReplayKinds.Replay, null, request.DryRun, request.Compare, http.Actor(), cancellationToken);
        if (report is null)
        {
            return Problem(409, ProblemNames.NotAllowedNow, $"A replay of {request.ReadModel} is under way.");
        }

        keeper.Wake();
        return Results.Accepted($"/admin/replays/{report.Id}", report);
    }

    private static ProblemHttpResult NoSuchReplay() => Problem(404, ProblemNames.NotFound, "There is no such replay.");

    private static ProblemHttpResult Problem(int status, string name, string detail) =>
        AdminProblems.Of(status, name, "The replay is not possible.", detail);
}
