using System.Diagnostics;
using FluentValidation;
using MassTransit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api;

/// <summary>The second door: claims that a storefront puts onto the bus itself take the same line as those over HTTP.</summary>
public sealed class BusIntake(Intake intake, TimeProvider time) : IConsumer<ClaimTreasure>
{
    private static readonly ClaimTreasureValidator Validator = new();

    /// <summary>Messages taken in side by side; they share batches with the claims over HTTP.</summary>
    private const int AtOnce = 500;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    public static void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = AtOnce;
        endpoint.ConcurrentMessageLimit = AtOnce;
        endpoint.Bind(BusNames.ClaimIntake);
        endpoint.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true);
        endpoint.ConfigureConsumer<BusIntake>(context);
    }

    public async Task Consume(ConsumeContext<ClaimTreasure> context)
    {
        var claim = context.Message;
        // A malformed claim cannot become well-formed by trying again: the error queue keeps it for somebody to look at.
        await Validator.ValidateAndThrowAsync(claim, context.CancellationToken);
        var accepted = new AcceptedClaim(
            Ids.ForClaim(claim.PlayerId, claim.TreasureId, claim.Key),
            claim.TreasureId,
            claim.PlayerId,
            claim.Proof,
            SentAt(context),
            Activity.Current is { Recorded: true } span ? span.Id : null);
        while (!await Accept(accepted))
        {
            await Task.Delay(RetryPause, time, context.CancellationToken);
        }
    }

    // A claim may have waited on the bus while every Api was away: it counts from when it was sent, which is never later than now.
    private DateTimeOffset SentAt(ConsumeContext context)
    {
        var now = time.GetUtcNow();
        return context.SentTime is { } sent && sent < now.UtcDateTime ? new DateTimeOffset(sent, TimeSpan.Zero) : now;
    }

    // Unacknowledged until it is safe on its shard's queue; a claim that went out twice is decided once.
    private async Task<bool> Accept(AcceptedClaim claim)
    {
        try
        {
            if (intake.TryAccept(claim, wantsReply: false) is not { } accepted)
            {
                return false;
            }

            await accepted;
            return true;
        }
#pragma warning disable CA1031 // Whatever kept the broker from confirming, the storefront's message is still ours to send.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}

/// <summary>The form of a claim, whichever door it comes through.</summary>
public sealed class ClaimTreasureValidator : AbstractValidator<ClaimTreasure>
{
    public ClaimTreasureValidator()
    {
        RuleFor(claim => claim.TreasureId).Must(IdentifierRules.IsSlug).WithMessage("1 to 64 characters of a-z 0-9 -");
        RuleFor(claim => claim.PlayerId).Must(IdentifierRules.IsPlayer).WithMessage("1 to 64 characters of A-Z a-z 0-9 . _ : -");
        RuleFor(claim => claim.Key).Must(IdentifierRules.IsKey).WithMessage("1 to 128 visible ASCII characters");
        RuleFor(claim => claim.Proof).Must(IdentifierRules.IsProof).WithMessage($"at most {IdentifierRules.MaxProof} characters, {IdentifierRules.TextRule}");
    }
}
