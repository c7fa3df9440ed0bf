using System.Diagnostics;
using MassTransit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api;

/// <summary>Sends admin commands over the bus and waits until they are recorded or refused.</summary>
public sealed partial class AdminBus(IClientFactory clients, TimeProvider time, ILogger<AdminBus> logger)
{
    private static readonly Uri Address = new($"exchange:{BusNames.Admin}");

    private static readonly RequestTimeout Patience = RequestTimeout.After(s: 15);

    /// <param name="target">What the command is about, so that one key serves for different commands.</param>
    /// <param name="make">Makes the command from its id and the time at which it was accepted.</param>
    /// <param name="created">Where the new thing is, when the command makes one.</param>
    public async Task<IResult> Send<TCommand>(
        HttpContext http, string target, Func<Guid, DateTimeOffset, TCommand> make, Func<CommandAnswer, string>? created = null)
        where TCommand : class, IAdminCommand
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 0 && !IdentifierRules.IsKey(key))
        {
            return Problem.Of(Problems.IdempotencyKeyInvalid);
        }

        var commandId = key.Length == 0 ? Ids.Fresh() : Ids.ForCommand($"{typeof(TCommand).Name} {target}", key);
        try
        {
            var client = clients.CreateRequestClient<TCommand>(Address, Patience);
            var answer = (await client.GetResponse<CommandAnswer>(make(commandId, time.GetUtcNow()), http.RequestAborted)).Message;
            var body = new Recorded(answer.Id, answer.Sequence);
            return answer.Problem is not null ? Problem.Of(answer.Problem, answer.Detail)
                : created is not null ? Results.Created(created(answer), body)
                : Results.Ok(body);
        }
        catch (Exception exception) when (exception is RequestException or OperationCanceledException or TimeoutException or ConnectionException && !http.RequestAborted.IsCancellationRequested)
        {
            // Commands are rare, and each that has no answer matters to somebody.
            LogUnanswered(exception, typeof(TCommand).Name, commandId, Activity.Current?.TraceId.ToString());
            return Problem.Of(Problems.OutcomeUnknown, "Send it again with the same Idempotency-Key: it cannot count twice.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The command {Command} {CommandId} has no answer; its caller is told that the outcome is unknown. Trace {TraceId}")]
    private partial void LogUnanswered(Exception exception, string command, Guid commandId, string? traceId);
}

/// <summary>A command that is recorded, and where in the log.</summary>
public sealed record Recorded(string Id, long Sequence);
