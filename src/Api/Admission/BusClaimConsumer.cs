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
    ILogger<BusClaimConsumer> logger) : IConsumer<ClaimTreasure>
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

    public async Task Consume(ConsumeContext<ClaimTreasure> context)
    {
        var sender = context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var message) ? message.Properties.UserId : null;
        storefronts.EnsureMayClaim(sender, context.Message.PlayerId);
        var accepted = Accept(context.Message, timeProvider.GetUtcNow());
        accepted = accepted with { Fingerprint = fingerprints.Of(accepted.ClaimId, accepted.Proof) };
        await SendAsync(
            () => publisher.TryPublishAsync([new UnsentClaim(accepted, reply: null)]),
            failure => logger.ClaimNotConfirmed(failure, accepted.ClaimId, Activity.Current?.TraceId.ToString()),
            timeProvider,
            context.CancellationToken);
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
