using System.Diagnostics;
using System.Security.Claims;
using MassTransit;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api.Admin;

/// <summary>Sends admin commands over RabbitMQ and waits until they are recorded or refused.</summary>
public sealed class AdminBus(IClientFactory clients, TimeProvider timeProvider, ILogger<AdminBus> logger)
{
    private static readonly Uri Address = new($"exchange:{BusNames.AdminQueue}");

    private static readonly RequestTimeout ReplyTimeout = RequestTimeout.After(s: 15);

    /// <param name="target">
    /// The resource in the path. It is part of the command id, so that a client may use one key for several resources. The body is not part
    /// of it: the body must be the same in all requests with one key.
    /// </param>
    /// <param name="create">Creates the command from its id and the time at which it was accepted.</param>
    /// <param name="locationOf">The location of the new resource, when the command creates one.</param>
    public async Task<IResult> SendAsync<TCommand>(
        HttpContext http, string target, Func<Guid, DateTimeOffset, TCommand> create, Func<CommandResponse, string>? locationOf = null)
        where TCommand : AdminCommand, IAdminCommand
    {
        var (key, invalidKey) = IdempotencyKey.Read(http);
        if (invalidKey is not null)
        {
            return invalidKey;
        }

        var subject = http.User.FindFirstValue("sub") ?? "";
        var commandId = key is null ? Ids.Fresh() : Ids.ForCommand(subject, $"{typeof(TCommand).Name} {target}", key);
        try
        {
            var client = clients.CreateRequestClient<TCommand>(Address, ReplyTimeout);
            var response =
                (await client.GetResponse<CommandResponse>(
                    create(commandId, timeProvider.GetUtcNow()) with { By = http.Actor() }, http.RequestAborted)).Message;
            if (response.Problem is not null)
            {
                return ProblemResults.OfWorker(response.Problem, response.Detail);
            }

            if (response.Replayed)
            {
                IdempotencyKey.MarkReplayed(http);
            }

            var body = new CommandAccepted(response.Id, response.Sequence);
            return locationOf is not null ? Results.Created(locationOf(response), body) : Results.Ok(body);
        }
        catch (Exception exception)
            when (exception is RequestException or OperationCanceledException or TimeoutException or ConnectionException
                && !http.RequestAborted.IsCancellationRequested)
        {
            // Commands are rare, so each one without a reply is logged.
            logger.CommandUnanswered(exception, typeof(TCommand).Name, commandId, Activity.Current?.TraceId.ToString());
            // Without a key, a retry is another command, so the response must not suggest one.
            return key is null
                ? ProblemResults.Of(
                    ProblemNames.OutcomeUnknown,
                    "The command may have been recorded. It had no Idempotency-Key: check its effect before you send another one.",
                    mayRetry: false)
                : ProblemResults.Of(ProblemNames.OutcomeUnknown, ProblemResults.RetryWithSameKey);
        }
    }
}

/// <summary>A recorded command.</summary>
/// <param name="Id">The id of the hunt or treasure.</param>
/// <param name="Sequence">The position of the command's last event in the event store.</param>
public sealed record CommandAccepted(string Id, long Sequence);
