using MassTransit;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Bus;

namespace TreasureHunt.Commands.Admin;

/// <summary>Takes admin commands off the bus and answers each when it is recorded or refused.</summary>
public sealed class AdminConsumer(AdminDesk desk) :
    IConsumer<DraftHunt>,
    IConsumer<ChangeHunt>,
    IConsumer<HideTreasure>,
    IConsumer<AddClue>,
    IConsumer<RestockTreasure>,
    IConsumer<WithdrawTreasure>,
    IConsumer<RevokeAward>
{
    /// <summary>Admin commands that are carried out at the same time.</summary>
    private const int AtOnce = 16;

    /// <param name="declares">Whether the queue is declared, or only consumed.</param>
    public static void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, IRegistrationContext context, bool declares)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.BindQueue = declares;
        endpoint.PublishFaults = false;
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = AtOnce;
        endpoint.ConcurrentMessageLimit = AtOnce;
        endpoint.ConfigureConsumer<AdminConsumer>(context);
    }

    public Task Consume(ConsumeContext<DraftHunt> context) => Answer(context, desk.Carry(context.Message, context.CancellationToken));

    public Task Consume(ConsumeContext<ChangeHunt> context) => Answer(context, desk.Carry(context.Message, context.CancellationToken));

    public Task Consume(ConsumeContext<HideTreasure> context) => Answer(context, desk.Carry(context.Message, context.CancellationToken));

    public Task Consume(ConsumeContext<AddClue> context) => Carry(context, context.Message.TreasureId);

    public Task Consume(ConsumeContext<RestockTreasure> context) => Carry(context, context.Message.TreasureId);

    public Task Consume(ConsumeContext<WithdrawTreasure> context) => Carry(context, context.Message.TreasureId);

    public Task Consume(ConsumeContext<RevokeAward> context) => Carry(context, context.Message.TreasureId);

    private Task Carry<T>(ConsumeContext<T> context, string treasureId)
        where T : class, IAdminCommand => Answer(context, desk.Carry(treasureId, context.Message, context.CancellationToken));

    // What is recorded stays recorded when whoever asked is gone for the moment: it asks again with its key.
    private static async Task Answer(ConsumeContext context, Task<CommandAnswer> carried)
    {
        var answer = await carried;
        await context.RespondAsync(answer, message => message.AllowLoss());
    }
}
