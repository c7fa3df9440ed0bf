using System.Diagnostics;
using MassTransit;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Api.Admission;

/// <summary>Takes claims that a storefront puts onto the bus itself; from here on they are treated like those over HTTP.</summary>
public sealed partial class BusClaimConsumer(
    ClaimPublisher intake, Storefronts storefronts, ClaimFingerprints fingerprints, TimeProvider timeProvider,
    ILogger<BusClaimConsumer> logger) : IConsumer<ClaimTreasure>
{
    /// <summary>Messages taken in side by side; they share batches with the claims over HTTP.</summary>
    private const int MaxConcurrentMessages = 500;

    /// <summary>Tries that may fail for an unknown reason.</summary>
    private const int MaxUnknown = 5;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    public static void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.UseDeadLetters(BusNames.ClaimIntakeQueue, context.GetRequiredService<ILogger<BusClaimConsumer>>());
        endpoint.IgnoreReplyAddresses();
        endpoint.PrefetchCount = MaxConcurrentMessages;
        endpoint.ConcurrentMessageLimit = MaxConcurrentMessages;
        endpoint.Bind(BusNames.ClaimIntake);
        endpoint.AddDeserializer(new PlainJson(), isDefault: true);
        endpoint.ConfigureConsumer<BusClaimConsumer>(context);
    }

    public async Task Consume(ConsumeContext<ClaimTreasure> context)
    {
        var sender = context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var message) ? message.Properties.UserId : null;
        storefronts.Check(sender, context.Message.PlayerId);
        var accepted = Accept(context.Message, timeProvider.GetUtcNow());
        accepted = accepted with { Fingerprint = fingerprints.Of(accepted.ClaimId, accepted.Proof) };
        await SendAsync(
            () => intake.TryAcceptAsync(accepted, wantsReply: false),
            failure => LogUnsent(failure, accepted.ClaimId, Activity.Current?.TraceId.ToString()),
            timeProvider,
            context.CancellationToken);
    }

    /// <summary>
    /// Sends a claim until it is safe on its shard's queue; one that went out twice is decided once. What no retry can mend is thrown, and
    /// a failure that is not recognised after <see cref="MaxUnknown"/> tries: the message is then a dead letter.
    /// </summary>
    /// <param name="trySend">Null when there is no room for it at the moment.</param>
    /// <param name="onFirst">Is told the first failure.</param>
    internal static async Task SendAsync(
        Func<Task?> trySend, Action<Exception> onFirst, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var (failures, unknown) = (0, 0);
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
                // When the host stops, nothing is known of the claim: the broker hands the message out again.
                cancellationToken.ThrowIfCancellationRequested();
                if (++failures == 1)
                {
                    onFirst(exception);
                }

                if (FailureClassifier.Classify(exception) is var kind and not FailureKind.Transient
                    && (kind != FailureKind.Unknown || ++unknown >= MaxUnknown))
                {
                    throw;
                }
            }

            await Task.Delay(RetryPause, timeProvider, cancellationToken);
        }
    }

    /// <summary>The claim as it goes to the worker.</summary>
    /// <param name="receivedAt">
    /// When this Api received the message. Nothing that the sender wrote, neither its clock nor its message id, says when a claim was made:
    /// it could then be earlier than the end of the hunt, or by accident before its start.
    /// </param>
    /// <exception cref="InvalidMessageException">The claim breaks a rule of form.</exception>
    public static AcceptedClaim Accept(ClaimTreasure claim, DateTimeOffset receivedAt) => ClaimRules.ProblemOf(claim) is { } problem
        ? throw new InvalidMessageException(problem)
        : new AcceptedClaim(
            Ids.ForClaim(claim.PlayerId, claim.TreasureId, claim.Key),
            claim.TreasureId,
            claim.PlayerId,
            claim.Proof,
            receivedAt,
            Activity.Current is { Recorded: true } span ? span.Id : null);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Claim {ClaimId} was not confirmed by its shard's queue; it is sent again if that can help. Trace {TraceId}")]
    private partial void LogUnsent(Exception exception, Guid claimId, string? traceId);
}
