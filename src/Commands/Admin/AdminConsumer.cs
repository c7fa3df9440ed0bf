using MassTransit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Commands.Admin;

/// <summary>Takes admin commands off the bus and answers each when it is recorded or refused.</summary>
public sealed class AdminConsumer(AdminCommandHandler handler, TimeProvider timeProvider) :
    IConsumer<DraftHunt>,
    IConsumer<ChangeHunt>,
    IConsumer<HideTreasure>,
    IConsumer<AddClue>,
    IConsumer<RestockTreasure>,
    IConsumer<WithdrawTreasure>,
    IConsumer<RevokeAward>
{
    /// <summary>Admin commands that are carried out at the same time.</summary>
    private const int MaxConcurrentCommands = 16;

    /// <param name="declares">Whether the queue is declared, or only consumed.</param>
    public static void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, IRegistrationContext context, bool declares)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.BindQueue = declares;
        endpoint.UseDeadLetters(BusNames.Admin, context.GetRequiredService<ILogger<AdminConsumer>>());
        endpoint.AcceptReplyAddresses(reply => reply.StartsWith(BusNames.Answers, StringComparison.Ordinal), sendsFaults: true);
        endpoint.PrefetchCount = MaxConcurrentCommands;
        endpoint.ConcurrentMessageLimit = MaxConcurrentCommands;
        endpoint.ConfigureConsumer<AdminConsumer>(context);
    }

    public Task Consume(ConsumeContext<DraftHunt> context) =>
        AnswerAsync(context, (command, stopping) => handler.HandleAsync(command, stopping));

    public Task Consume(ConsumeContext<ChangeHunt> context) =>
        AnswerAsync(context, (command, stopping) => handler.HandleAsync(command, stopping));

    public Task Consume(ConsumeContext<HideTreasure> context) =>
        AnswerAsync(context, (command, stopping) => handler.HandleAsync(command, stopping));

    public Task Consume(ConsumeContext<AddClue> context) =>
        AnswerAsync(context, (command, stopping) => handler.HandleAsync(command.TreasureId, command, stopping));

    public Task Consume(ConsumeContext<RestockTreasure> context) =>
        AnswerAsync(context, (command, stopping) => handler.HandleAsync(command.TreasureId, command, stopping));

    public Task Consume(ConsumeContext<WithdrawTreasure> context) =>
        AnswerAsync(context, (command, stopping) => handler.HandleAsync(command.TreasureId, command, stopping));

    public Task Consume(ConsumeContext<RevokeAward> context) =>
        AnswerAsync(context, (command, stopping) => handler.HandleAsync(command.TreasureId, command, stopping));

    // The Api has checked the form already; a command that breaks it was sent by something else.
    private async Task AnswerAsync<T>(ConsumeContext<T> context, Func<T, CancellationToken, Task<CommandResponse>> carry)
        where T : class, IAdminCommand
    {
        if (AdminCommandRules.ProblemOf(context.Message, timeProvider.GetUtcNow()) is { } problem)
        {
            throw new InvalidMessageException(problem);
        }

        var answer = await carry(context.Message, context.CancellationToken);
        if (context.ResponseAddress is not null)
        {
            // What is recorded stays recorded when the sender is gone for the moment: it asks again with its key.
            await context.RespondAsync(answer, message => message.AllowLoss());
        }
    }
}
