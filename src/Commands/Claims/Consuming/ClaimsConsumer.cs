using MassTransit;
using MassTransit.RabbitMqTransport;
using TreasureHunt.Commands.Claims.Batching;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Commands.Claims.Consuming;

/// <summary>
/// Consumes the <see cref="ClaimTreasures"/> of one shard. It acknowledges a message when each claim is recorded or a dead letter.
/// </summary>
public sealed class ClaimsConsumer(
    ClaimShardProcessor shard, string queue, TimeProvider timeProvider, ILogger<ClaimsConsumer> logger) : IConsumer<ClaimTreasures>
{
    /// <summary>
    /// Configures the endpoint of a shard. One consumer of all workers is active at a time, so a treasure's claims are decided in the order
    /// in which the broker received them.
    /// </summary>
    /// <param name="declaresTopology">True to declare the queue, false only to consume it.</param>
    public static void Configure(
        IRabbitMqReceiveEndpointConfigurator endpoint, ClaimShardProcessor shard, string queue, TimeProvider timeProvider,
        ILogger<ClaimsConsumer> logger, bool declaresTopology)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.BindQueue = declaresTopology;
        endpoint.UseDeadLetters(queue, logger);
        endpoint.AcceptReplyAddresses(reply => reply.StartsWith(BusNames.ApiOutcomesPrefix, StringComparison.Ordinal), sendsFaults: false);
        endpoint.SingleActiveConsumer = true;
        endpoint.PrefetchCount = ClaimShardProcessor.Prefetch;
        endpoint.ConcurrentMessageLimit = ClaimShardProcessor.Prefetch;
        endpoint.Consumer(() => new ClaimsConsumer(shard, queue, timeProvider, logger));
    }

    public async Task Consume(ConsumeContext<ClaimTreasures> context)
    {
        var claims = context.Message.Claims;
        if (ClaimRules.ProblemOf(context.Message) is { } problem)
        {
            throw new InvalidMessageException(problem);
        }

        var now = timeProvider.GetUtcNow();
        var rejected = new List<(AcceptedClaim? Claim, string Reason)>();
        var wellFormed = new List<AcceptedClaim>(claims.Count);
        foreach (var claim in claims)
        {
            if (ClaimRules.ProblemOf(claim, now) is { } violation)
            {
                rejected.Add((claim, violation));
            }
            else
            {
                wellFormed.Add(claim!);
            }
        }

        var decided = await DecideAsync(context, wellFormed);
        rejected.AddRange(
            wellFormed.Where(claim => decided.Failed.ContainsKey(claim.ClaimId)).Select(
                claim => ((AcceptedClaim?)claim, decided.Failed[claim.ClaimId].Message)));
        if (rejected.Count == claims.Count && rejected.DistinctBy(claim => claim.Reason).Count() == 1)
        {
            // The whole message becomes the dead letter.
            throw new InvalidMessageException(rejected[0].Reason);
        }

        await DeadLetterAsync(context, rejected);
    }

    private async Task<ClaimBatchResult> DecideAsync(ConsumeContext context, List<AcceptedClaim> claims)
    {
        try
        {
            var order = context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var rabbit) ? rabbit.DeliveryTag : 0;
            return await shard.DecideAsync(order, claims, context.ResponseAddress);
        }
        catch (OperationCanceledException)
        {
            // The host stops. Without an acknowledgement the broker delivers the message to another worker when the channel closes.
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    // A message contains up to 500 claims of different players. A dead letter contains only the claims at fault, one message for each
    // reason. The message is acknowledged after the broker has confirmed the dead letters.
    private async Task DeadLetterAsync(ConsumeContext context, List<(AcceptedClaim? Claim, string Reason)> rejected)
    {
        foreach (var group in rejected.GroupBy(claim => claim.Reason, claim => claim.Claim))
        {
            var endpoint = await context.GetSendEndpoint(new Uri($"exchange:{BusNames.DeadLetters(queue)}"));
            await endpoint.Send(
                new ClaimTreasures([.. group!]),
                send =>
                {
                    send.Headers.Set(MessageHeaders.Reason, "fault");
                    send.Headers.Set(MessageHeaders.FaultMessage, group.Key);
                    send.Headers.Set(MessageHeaders.FaultExceptionType, nameof(InvalidMessageException));
                    send.Headers.Set(MessageHeaders.FaultInputAddress, context.ReceiveContext.InputAddress.ToString());
                },
                context.CancellationToken);
            DeadLetters.CountMoved(queue);
            logger.ClaimsDeadLettered(group.Count(), queue, group.Key);
        }
    }
}
