using System.Diagnostics;
using MassTransit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Bus;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.Api;

/// <summary>Takes claims that a storefront puts onto the bus itself; from here on they are treated like those over HTTP.</summary>
public sealed partial class BusIntake(
    Intake intake, Storefronts storefronts, ClaimFingerprints fingerprints, TimeProvider time, ILogger<BusIntake> logger) : IConsumer<ClaimTreasure>
{
    /// <summary>Messages taken in side by side; they share batches with the claims over HTTP.</summary>
    private const int AtOnce = 500;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    public static void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.UseDeadLetters(BusNames.ClaimIntakeQueue, context.GetRequiredService<ILogger<BusIntake>>());
        endpoint.IgnoreReplyAddresses();
        endpoint.PrefetchCount = AtOnce;
        endpoint.ConcurrentMessageLimit = AtOnce;
        endpoint.Bind(BusNames.ClaimIntake);
        endpoint.AddDeserializer(new PlainJson(), isDefault: true);
        endpoint.ConfigureConsumer<BusIntake>(context);
    }

    public async Task Consume(ConsumeContext<ClaimTreasure> context)
    {
        var sender = context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var message) ? message.Properties.UserId : null;
        storefronts.Check(sender, context.Message.PlayerId);
        var accepted = Accept(context.Message, time.GetUtcNow());
        accepted = accepted with { Fingerprint = fingerprints.Of(accepted.ClaimId, accepted.Proof) };
        for (var attempt = 1; !await IsSent(accepted, attempt); attempt++)
        {
            await Task.Delay(RetryPause, time, context.CancellationToken);
        }
    }

    /// <summary>The claim as it goes to the worker.</summary>
    /// <param name="receivedAt">
    /// When this Api received the message. Nothing that the sender wrote, neither its clock nor its message id, says when a claim was made: it could
    /// then be earlier than the end of the hunt, or by accident before its start.
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

    // Unacknowledged until it is safe on its shard's queue; a claim that went out twice is decided once.
    private async Task<bool> IsSent(AcceptedClaim claim, int attempt)
    {
        try
        {
            if (intake.TryAccept(claim, wantsReply: false) is not { } sent)
            {
                return false;
            }

            await sent;
            return true;
        }
#pragma warning disable CA1031 // Whatever kept the broker from confirming, the storefront's message is still ours to send.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (attempt == 1)
            {
                LogUnsent(exception, claim.ClaimId, Activity.Current?.TraceId.ToString());
            }

            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Claim {ClaimId} was not confirmed by its shard's queue; it is sent again. Trace {TraceId}")]
    private partial void LogUnsent(Exception exception, Guid claimId, string? traceId);
}
