using MassTransit;
using MassTransit.RabbitMqTransport;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Bus;

namespace TreasureHunt.Commands.Claims;

/// <summary>Takes <see cref="ClaimTreasures"/> off the queue of its shard, and acknowledges once all of its claims are recorded.</summary>
public sealed partial class ClaimsConsumer(Shard shard, ILogger<ClaimsConsumer> logger) : IConsumer<ClaimTreasures>
{
    /// <summary>Longest time to hand an answer to the broker; a lost one costs nothing, the projection tells the same.</summary>
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Sets the endpoint of a shard up. One consumer is active at a time, whichever worker it is in, so a treasure's claims
    /// are decided in the order in which the broker took them.
    /// </summary>
    /// <param name="declares">Whether the queue is declared, or only consumed.</param>
    public static void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, Shard shard, ILogger<ClaimsConsumer> logger, bool declares)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.BindQueue = declares;
        endpoint.PublishFaults = false;
        endpoint.SetQuorumQueue();
        endpoint.SingleActiveConsumer = true;
        endpoint.PrefetchCount = Shard.Prefetch;
        endpoint.ConcurrentMessageLimit = Shard.Prefetch;
        endpoint.Consumer(() => new ClaimsConsumer(shard, logger));
    }

    public async Task Consume(ConsumeContext<ClaimTreasures> context)
    {
        var claims = context.Message.Claims;
        if (claims is null || !claims.All(IsWellFormed))
        {
            throw new FormatException("A claim needs a claim id, a treasure id and a player id.");
        }

        IReadOnlyList<IClaimEvent> outcomes;
        try
        {
            var order = context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var rabbit) ? rabbit.DeliveryTag : 0;
            outcomes = await shard.Decide(order, claims);
        }
        catch (OperationCanceledException)
        {
            // Stopping: never answer the broker, and it hands the message to another worker when the channel closes.
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        if (context.ResponseAddress is not null)
        {
            await Answer(context, outcomes);
        }
    }

    private static bool IsWellFormed(AcceptedClaim? claim) =>
        claim is { TreasureId.Length: > 0, PlayerId.Length: > 0 } && claim.ClaimId != Guid.Empty
        // PostgreSQL stores no U+0000, and a claim that can never be recorded would hold up its shard for ever.
        && !claim.TreasureId.Contains('\0', StringComparison.Ordinal) && !claim.PlayerId.Contains('\0', StringComparison.Ordinal);

    private async Task Answer(ConsumeContext context, IReadOnlyList<IClaimEvent> outcomes)
    {
        try
        {
            var answer = new ClaimsDecided(outcomes.Select(Claiming.OutcomeOf).ToList());
            await context.RespondAsync(answer, message => message.AllowLoss()).WaitAsync(AnswerDeadline);
        }
#pragma warning disable CA1031 // The claims are recorded; no failure to say so may bring them back.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogAnswerLost(exception, outcomes.Count);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The answer for {Claims} claims was lost; the projection tells it")]
    private partial void LogAnswerLost(Exception exception, int claims);
}
