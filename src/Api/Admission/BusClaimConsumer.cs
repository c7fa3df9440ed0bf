using System.Diagnostics;
using MassTransit;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Api.Admission;

/// <summary>Accepts the claims that storefronts send over RabbitMQ. They are then handled like claims over HTTP.</summary>
public sealed class BusClaimConsumer(
    ClaimPublisher publisher, Storefronts storefronts, ClaimFingerprints fingerprints, TimeProvider timeProvider,
    ILogger<BusClaimConsumer> logger) : IConsumer<ClaimTreasure>, IConsumer<ClaimTreasureList>
{
    /// <summary>Messages that are consumed concurrently. Their claims share batches with the claims over HTTP.</summary>
    private const int MaxConcurrentMessages = 500;

    /// <summary>Attempts that may fail for an unknown reason.</summary>
    private const int MaxUnknownFailures = 5;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(200);

    public static void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.UseDeadLetters(BusNames.ClaimIntakeQueue, context.GetRequiredService<ILogger<BusClaimConsumer>>());
        endpoint.IgnoreReplyAddresses();
        endpoint.PrefetchCount = MaxConcurrentMessages;
        endpoint.ConcurrentMessageLimit = MaxConcurrentMessages;
        endpoint.Bind(BusNames.ClaimIntake);
        endpoint.AddDeserializer(new PlainJsonDeserializer(), isDefault: true);
        endpoint.ConfigureConsumer<BusClaimConsumer>(context);
    }

    public Task Consume(ConsumeContext<ClaimTreasure> context)
    {
        storefronts.EnsureMayClaim(SenderOf(context), context.Message.PlayerId);
        return SendAsync([UnsentOf(context.Message)], context.CancellationToken);
    }

    /// <summary>
    /// Accepts the claims of a list. When some are refused, the message becomes a dead letter after all others are accepted: a retry of
    /// the dead letter has no effect on those, because they have their outcomes.
    /// </summary>
    public async Task Consume(ConsumeContext<ClaimTreasureList> context)
    {
        if (ClaimRules.ProblemOf(context.Message) is { } problem)
        {
            throw new InvalidMessageException(problem);
        }

        var (sender, claims, refusals) = (SenderOf(context), context.Message.Claims, new List<string>());
        var unsent = new List<UnsentClaim>(claims.Count);
        for (var i = 0; i < claims.Count; i++)
        {
            if ((storefronts.ProblemOf(sender, claims[i]?.PlayerId) ?? ClaimRules.ProblemOf(claims[i])) is { } refusal)
            {
                refusals.Add($"Claim {i + 1}: {refusal}");
            }
            else
            {
                unsent.Add(UnsentOf(claims[i]));
            }
        }

        await Task.WhenAll(
            unsent.GroupBy(publisher.ShardOf).Select(shard => SendAsync([.. shard], context.CancellationToken)));
        if (refusals.Count > 0)
        {
            throw new InvalidMessageException($"{refusals.Count} of {claims.Count} claims are refused. {refusals[0]}");
        }
    }

    /// <summary>
    /// Sends a claim until its shard's queue has confirmed it. A claim that was sent twice is decided once. A permanent failure is thrown
    /// at once, and an unknown one after <see cref="MaxUnknownFailures"/> attempts: the message is then a dead letter.
    /// </summary>
    /// <param name="trySend">Returns null while too many claims wait to be sent.</param>
    /// <param name="onFirstFailure">Called for the first failure only.</param>
    internal static async Task SendAsync(
        Func<Task?> trySend, Action<Exception> onFirstFailure, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var (failures, unknownFailures) = (0, 0);
        while (true)
        {
            try
            {
                if (trySend() is { } sent)
                {
                    await sent;
                    return;
                }
            }
            catch (Exception exception)
            {
                // While the host stops, the outcome of the attempt is unknown: the broker delivers the message again.
                cancellationToken.ThrowIfCancellationRequested();
                if (++failures == 1)
                {
                    onFirstFailure(exception);
                }

                if (FailureClassifier.Classify(exception) is var kind and not FailureKind.Transient
                    && (kind != FailureKind.Unknown || ++unknownFailures >= MaxUnknownFailures))
                {
                    throw;
                }
            }

            await Task.Delay(RetryInterval, timeProvider, cancellationToken);
        }
    }

    private Task SendAsync(IReadOnlyList<UnsentClaim> shard, CancellationToken cancellationToken) => SendAsync(
        () => publisher.TryPublishAsync(shard),
        failure => logger.ClaimNotConfirmed(failure, shard[0].Claim.ClaimId, Activity.Current?.TraceId.ToString()),
        timeProvider,
        cancellationToken);

    private UnsentClaim UnsentOf(ClaimTreasure claim)
    {
        var accepted = Accept(claim, timeProvider.GetUtcNow());
        return new UnsentClaim(accepted with { Fingerprint = fingerprints.Of(accepted.ClaimId, accepted.Proof) }, reply: null);
    }

    private static string? SenderOf(ConsumeContext context) =>
        context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var message) ? message.Properties.UserId : null;

    /// <summary>The command for the worker.</summary>
    /// <param name="receivedAt">
    /// When this Api received the message. The time of a claim never comes from its sender: the sender's clock or message id could date
    /// the claim before the end of the hunt, or by accident before its start.
    /// </param>
    /// <exception cref="InvalidMessageException">The claim is malformed.</exception>
    public static AcceptedClaim Accept(ClaimTreasure claim, DateTimeOffset receivedAt) => ClaimRules.ProblemOf(claim) is { } problem
        ? throw new InvalidMessageException(problem)
        : new AcceptedClaim(
            ClaimId: Ids.ForClaim(claim.PlayerId, claim.TreasureId, claim.Key),
            TreasureId: claim.TreasureId,
            PlayerId: claim.PlayerId,
            Proof: claim.Proof,
            AcceptedAt: receivedAt,
            TraceParent: Activity.Current is { Recorded: true } span ? span.Id : null);
}
