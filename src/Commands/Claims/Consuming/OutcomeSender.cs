using MassTransit;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Commands.Claims.Consuming;

/// <summary>Sends outcomes to the Apis whose callers wait for them.</summary>
/// <param name="bus">Returns the bus, which is built after this object.</param>
public sealed class OutcomeSender(Func<IBus> bus, ILogger<OutcomeSender> logger)
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Sends the outcomes. It does not wait for the broker's confirmation. A failure is only logged: the outcomes are also in the read
    /// models.
    /// </summary>
    public async Task SendAsync(Uri replyTo, List<DecidedClaim> outcomes)
    {
        try
        {
            var api = await bus().GetSendEndpoint(replyTo).WaitAsync(SendTimeout);
            await api.Send(new ClaimsDecided(outcomes), message => message.AllowLoss()).WaitAsync(SendTimeout);
        }
#pragma warning disable CA1031 // The claims are recorded.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.ReplyLost(exception, outcomes.Count);
        }
    }
}
