using MassTransit;
using MassTransit.RabbitMqTransport;
using TreasureHunt.Commands.Claims.Batching;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Commands.Claims.Consuming;

/// <summary>
/// Takes <see cref="ClaimTreasures"/> off the queue of its shard, and acknowledges once each claim is recorded or a dead letter.
/// </summary>
public sealed partial class ClaimsConsumer(
    ClaimShardProcessor shard, string queue, TimeProvider timeProvider, ILogger<ClaimsConsumer> logger) : IConsumer<ClaimTreasures>
{
    /// <summary>Longest time to hand an answer to the broker; a lost one costs nothing, the projection tells the same.</summary>
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Sets the endpoint of a shard up. One consumer is active at a time, whichever worker it is in, so a treasure's claims
    /// are decided in the order in which the broker took them.
    /// </summary>
    /// <param name="declares">Whether the queue is declared, or only consumed.</param>
    public static void Configure(
        IRabbitMqReceiveEndpointConfigurator endpoint, ClaimShardProcessor shard, string queue, TimeProvider timeProvider,
        ILogger<ClaimsConsumer> logger, bool declares)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.BindQueue = declares;
        endpoint.UseDeadLetters(queue, logger);
        endpoint.AcceptReplyAddresses(reply => reply.StartsWith(BusNames.Outcomes, StringComparison.Ordinal), sendsFaults: false);
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
        var refused = new List<(AcceptedClaim? Claim, string Reason)>();
        var wellFormed = new List<AcceptedClaim>(claims.Count);
        foreach (var claim in claims)
        {
            if (ClaimRules.ProblemOf(claim, now) is { } broken)
            {
                refused.Add((claim, broken));
            }
            else
            {
                wellFormed.Add(claim!);
            }
        }

        var decided = await DecideAsync(context, wellFormed);
        refused.AddRange(
            wellFormed.Where(claim => decided.Failed.ContainsKey(claim.ClaimId)).Select(
                claim => ((AcceptedClaim?)claim, decided.Failed[claim.ClaimId].Message)));
        if (refused.Count == claims.Count && refused.DistinctBy(claim => claim.Reason).Count() == 1)
        {
            // The message as it is becomes the dead letter.
            throw new InvalidMessageException(refused[0].Reason);
        }

        await DeadLetterAsync(context, refused);
        if (context.ResponseAddress is not null && decided.Outcomes.Count > 0)
        {
            await AnswerAsync(
                context,
                [.. wellFormed.Where(claim => decided.Outcomes.ContainsKey(claim.ClaimId)).Select(
                    claim => ClaimDecider.OutcomeOf(decided.Outcomes[claim.ClaimId]))]);
        }
    }

    private async Task<DecidedBatch> DecideAsync(ConsumeContext context, List<AcceptedClaim> claims)
    {
        try
        {
            var order = context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var rabbit) ? rabbit.DeliveryTag : 0;
            return await shard.DecideAsync(order, claims);
        }
        catch (OperationCanceledException)
        {
            // Stopping: never answer the broker, and it hands the message to another worker when the channel closes.
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    // A message holds up to 500 claims of different players: the dead letter holds only those at fault, one message for each reason. Until
    // the broker has confirmed it, the message is not acknowledged.
    private async Task DeadLetterAsync(ConsumeContext context, List<(AcceptedClaim? Claim, string Reason)> refused)
    {
        foreach (var group in refused.GroupBy(claim => claim.Reason, claim => claim.Claim))
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
            DeadLetters.Count(queue);
            LogRefused(group.Count(), queue, group.Key);
        }
    }

    private async Task AnswerAsync(ConsumeContext context, List<DecidedClaim> outcomes)
    {
        try
        {
            await context.RespondAsync(new ClaimsDecided(outcomes), message => message.AllowLoss()).WaitAsync(ReplyTimeout);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "{Claims} claims of {Queue} cannot be decided; they go to the dead-letter queue: {Reason}")]
    private partial void LogRefused(int claims, string queue, string reason);
}
