using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Problems;

namespace TreasureHunt.Commands.DeadLettering;

/// <summary><c>/admin/errors</c>: lists, shows, retries and drops dead letters.</summary>
public static class DeadLetterEndpoints
{
    private const int MaxCount = 100;

    public static void MapDeadLetters(this IEndpointRouteBuilder admin)
    {
        var errors = admin.MapGroup("/errors").AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (BrokerUnavailableException exception)
            {
                return Refuse(ProblemNames.Unavailable, exception.Message);
            }
        });
        errors.MapGet("", (DeadLetterQueues queues, CancellationToken cancellationToken) => queues.ListAsync(cancellationToken));
        errors.MapGet("/{queue}", async (string queue, DeadLetterQueues queues, CancellationToken cancellationToken, int count = 10) =>
            !queues.Queues.Contains(queue) ? NoSuchQueue(queues)
            : count is < 1 or > MaxCount ? Refuse(ProblemNames.InvalidRequest, $"count: 1 to {MaxCount}")
            : Results.Ok(await queues.ShowAsync(queue, count, cancellationToken)));
        errors.MapPost(
            "/{queue}/retry",
            (string queue, DeadLetterSelection selection, DeadLetterQueues queues, HttpContext http, ILogger<DeadLetterQueues> logger) =>
            TakeAsync(
                queue, selection, queues,
                () => LoggedAsync(queues.RetryAsync(queue, selection.Id, http.RequestAborted), queue, "retried", http.Actor(), logger)));
        errors.MapPost(
            "/{queue}/drop",
            (string queue, DeadLetterSelection selection, DeadLetterQueues queues, HttpContext http, ILogger<DeadLetterQueues> logger) =>
            TakeAsync(
                queue, selection, queues,
                () => LoggedAsync(queues.DropAsync(queue, selection.Id, http.RequestAborted), queue, "dropped", http.Actor(), logger)));
    }

    private static async Task<IResult> TakeAsync(
        string queue, DeadLetterSelection selection, DeadLetterQueues queues, Func<Task<DeadLettersMoved>> take)
    {
        if (!queues.Queues.Contains(queue))
        {
            return NoSuchQueue(queues);
        }

        if (selection.Id is null != selection.All)
        {
            return Refuse(ProblemNames.InvalidRequest, "Either an id, or all.");
        }

        var moved = await take();
        return moved.Count == 0 && selection.Id is not null
            ? Refuse(ProblemNames.NotFound, $"{queue} has no dead letter {selection.Id}.") : Results.Ok(moved);
    }

    private static async Task<DeadLettersMoved> LoggedAsync(
        Task<DeadLettersMoved> taking, string queue, string action, Actor actor, ILogger logger)
    {
        // An interrupted request, for example when the client disconnects, may have moved some: this is logged as well.
        var count = "an unknown number";
        try
        {
            var moved = await taking;
            count = moved.Count.ToString(CultureInfo.InvariantCulture);
            return moved;
        }
        finally
        {
            if (count != "0")
            {
                logger.DeadLettersTaken(queue, action, count, actor);
            }
        }
    }

    private static IResult NoSuchQueue(DeadLetterQueues queues) =>
        Refuse(ProblemNames.NotFound, $"The queues are {string.Join(", ", queues.Queues)}.");

    private static IResult Refuse(string name, string detail) =>
        Results.Problem(
            detail, statusCode: ProblemCatalog.All[name].Status, title: "The dead letters are unchanged.",
            type: ProblemCatalog.TypeOf(name));
}
