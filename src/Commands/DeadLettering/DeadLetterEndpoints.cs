using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Commands.DeadLettering;

/// <summary>Which dead letters a request is about.</summary>
/// <param name="Id">One message; all of the queue when it is left out and <paramref name="All"/> is set.</param>
public sealed record DeadLetterChoice(string? Id, bool All);

/// <summary><c>/admin/errors</c>: lists, shows, retries and drops dead letters.</summary>
public static partial class DeadLetterEndpoints
{
    private const int MaxShown = 100;

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
                return Refuse(503, ProblemNames.Unavailable, exception.Message);
            }
        });
        errors.MapGet("", (DeadLetterQueues queues, CancellationToken cancellationToken) => queues.ListAsync(cancellationToken));
        errors.MapGet("/{queue}", async (string queue, DeadLetterQueues queues, CancellationToken cancellationToken, int count = 10) =>
            !queues.Queues.Contains(queue) ? NoSuchQueue(queues)
            : count is < 1 or > MaxShown ? Refuse(400, ProblemNames.InvalidRequest, $"count: 1 to {MaxShown}")
            : Results.Ok(await queues.ShowAsync(queue, count, cancellationToken)));
        errors.MapPost(
            "/{queue}/retry",
            (string queue, DeadLetterChoice choice, DeadLetterQueues queues, HttpContext http, ILogger<DeadLetterQueues> logger) =>
            TakeAsync(
                queue, choice, queues,
                () => LoggedAsync(queues.RetryAsync(queue, choice.Id, http.RequestAborted), queue, "retried", http.Actor(), logger)));
        errors.MapPost(
            "/{queue}/drop",
            (string queue, DeadLetterChoice choice, DeadLetterQueues queues, HttpContext http, ILogger<DeadLetterQueues> logger) =>
            TakeAsync(
                queue, choice, queues,
                () => LoggedAsync(queues.DropAsync(queue, choice.Id, http.RequestAborted), queue, "dropped", http.Actor(), logger)));
    }

    private static async Task<IResult> TakeAsync(
        string queue, DeadLetterChoice choice, DeadLetterQueues queues, Func<Task<DeadLettersMoved>> take)
    {
        if (!queues.Queues.Contains(queue))
        {
            return NoSuchQueue(queues);
        }

        if (choice.Id is null != choice.All)
        {
            return Refuse(400, ProblemNames.InvalidRequest, "Either an id, or all.");
        }

        var moved = await take();
        return moved.Count == 0 && choice.Id is not null
            ? Refuse(404, ProblemNames.NotFound, $"{queue} has no dead letter {choice.Id}.") : Results.Ok(moved);
    }

    private static async Task<DeadLettersMoved> LoggedAsync(
        Task<DeadLettersMoved> taking, string queue, string done, Actor by, ILogger logger)
    {
        // What ends before its end, as when the caller goes away, may have moved some: that is said too.
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
                LogTaken(logger, queue, done, count, by.Subject, by.TokenId);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Dead letters of {Queue} {Done}: {Count}, by {Subject} with the token {TokenId}")]
    private static partial void LogTaken(ILogger logger, string queue, string done, string count, string? subject, string? tokenId);

    private static IResult NoSuchQueue(DeadLetterQueues queues) =>
        Refuse(404, ProblemNames.NotFound, $"The queues are {string.Join(", ", queues.Queues)}.");

    private static IResult Refuse(int status, string name, string detail) =>
        Results.Problem(detail, statusCode: status, title: "The dead letters are as they were.", type: ProblemNames.UrnPrefix + name);
}
