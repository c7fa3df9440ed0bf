using MassTransit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Commands.Admin;

/// <summary>Consumes administrative commands and replies to each when it is recorded or refused.</summary>
public sealed class AdminConsumer(AdminCommandHandler handler, TimeProvider timeProvider) :
    IConsumer<DraftHunt>,
    IConsumer<ChangeHunt>,
    IConsumer<HideTreasure>,
    IConsumer<AddClue>,
    IConsumer<RestockTreasure>,
    IConsumer<WithdrawTreasure>,
    IConsumer<RevokeAward>
{
    /// <summary>Maximum number of administrative commands that are handled at the same time.</summary>
    private const int MaxConcurrentCommands = 16;

    /// <param name="declaresTopology">True to declare the queue, false only to consume it.</param>
    public static void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, IRegistrationContext context, bool declaresTopology)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.BindQueue = declaresTopology;
        endpoint.UseDeadLetters(BusNames.AdminQueue, context.GetRequiredService<ILogger<AdminConsumer>>());
        endpoint.AcceptReplyAddresses(reply => reply.StartsWith(BusNames.ApiAnswersPrefix, StringComparison.Ordinal), sendsFaults: true);
        endpoint.PrefetchCount = MaxConcurrentCommands;
        endpoint.ConcurrentMessageLimit = MaxConcurrentCommands;
        endpoint.ConfigureConsumer<AdminConsumer>(context);
    }

    public Task Consume(ConsumeContext<DraftHunt> context) =>
        RespondAsync(context, (command, cancellationToken) => handler.HandleAsync(command, cancellationToken));

    public Task Consume(ConsumeContext<ChangeHunt> context) =>
        RespondAsync(context, (command, cancellationToken) => handler.HandleAsync(command, cancellationToken));

    public Task Consume(ConsumeContext<HideTreasure> context) =>
        RespondAsync(context, (command, cancellationToken) => handler.HandleAsync(command, cancellationToken));

    public Task Consume(ConsumeContext<AddClue> context) =>
        RespondAsync(context, (command, cancellationToken) => handler.HandleAsync(command.TreasureId, command, cancellationToken));

    public Task Consume(ConsumeContext<RestockTreasure> context) =>
        RespondAsync(context, (command, cancellationToken) => handler.HandleAsync(command.TreasureId, command, cancellationToken));

    public Task Consume(ConsumeContext<WithdrawTreasure> context) =>
        RespondAsync(context, (command, cancellationToken) => handler.HandleAsync(command.TreasureId, command, cancellationToken));

    public Task Consume(ConsumeContext<RevokeAward> context) =>
        RespondAsync(context, (command, cancellationToken) => handler.HandleAsync(command.TreasureId, command, cancellationToken));

    // The Api has validated its commands; an invalid one comes from another sender.
    private async Task RespondAsync<T>(ConsumeContext<T> context, Func<T, CancellationToken, Task<CommandResponse>> handle)
        where T : class, IAdminCommand
    {
        if (AdminCommandRules.ProblemOf(context.Message, timeProvider.GetUtcNow()) is { } problem)
        {
            throw new InvalidMessageException(problem);
        }

        var response = await handle(context.Message, context.CancellationToken);
        if (context.ResponseAddress is not null)
        {
            // A lost reply changes nothing that is recorded: the sender repeats the command with the same key.
            await context.RespondAsync(response, message => message.AllowLoss());
        }
    }
}
