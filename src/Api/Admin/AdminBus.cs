using System.Diagnostics;
using System.Security.Claims;
using MassTransit;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api.Admin;

/// <summary>Sends admin commands over the bus and waits until they are recorded or refused.</summary>
public sealed partial class AdminBus(IClientFactory clients, TimeProvider timeProvider, ILogger<AdminBus> logger)
{
    private static readonly Uri Address = new($"exchange:{BusNames.Admin}");

    private static readonly RequestTimeout ReplyTimeout = RequestTimeout.After(s: 15);

    /// <param name="target">
    /// What the path names, so that one key serves for different resources. What the body names is payload: it must not change under one
    /// key.
    /// </param>
    /// <param name="make">Makes the command from its id and the time at which it was accepted.</param>
    /// <param name="created">Where the new thing is, when the command makes one.</param>
    public async Task<IResult> SendAsync<TCommand>(
        HttpContext http, string target, Func<Guid, DateTimeOffset, TCommand> make, Func<CommandResponse, string>? created = null)
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
            var answer =
                (await client.GetResponse<CommandResponse>(
                    make(commandId, timeProvider.GetUtcNow()) with { By = http.Actor() }, http.RequestAborted)).Message;
            if (answer.Problem is not null)
            {
                return ProblemResults.OfWorker(answer.Problem, answer.Detail);
            }

            if (answer.Replayed)
            {
                IdempotencyKey.MarkReplayed(http);
            }

            var body = new CommandAccepted(answer.Id, answer.Sequence);
            return created is not null ? Results.Created(created(answer), body) : Results.Ok(body);
        }
        catch (Exception exception)
            when (exception is RequestException or OperationCanceledException or TimeoutException or ConnectionException
                && !http.RequestAborted.IsCancellationRequested)
        {
            // Commands are rare, and each that has no answer matters to somebody.
            LogUnanswered(exception, typeof(TCommand).Name, commandId, Activity.Current?.TraceId.ToString());
            // Without a key another attempt is another command, so nothing may suggest one.
            return key is null
                ? ProblemResults.Of(
                    ProblemNames.OutcomeUnknown,
                    "The command may have been recorded. It had no Idempotency-Key: look at its effect before you send another.",
                    mayRetry: false)
                : ProblemResults.Of(ProblemNames.OutcomeUnknown, ProblemResults.RetryWithTheKey);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The command {Command} {CommandId} has no answer; its caller is told that the outcome is unknown. Trace {TraceId}")]
    private partial void LogUnanswered(Exception exception, string command, Guid commandId, string? traceId);
}

/// <summary>A command that is recorded, and where in the log.</summary>
public sealed record CommandAccepted(string Id, long Sequence);
