using MassTransit;
using MassTransit.Context;

namespace TreasureHunt.Platform.Messaging;

/// <summary>
/// Which addresses in a message are used: a sender must not choose an exchange that this process then writes to, or declares.
/// </summary>
public static class ReplyAddresses
{
    /// <summary>Uses no address of the message: nothing is answered, and no failure is sent.</summary>
    public static void IgnoreReplyAddresses(this IReceiveEndpointConfigurator endpoint) =>
        endpoint.UseFilter(new ReplyAddressFilter(_ => false, sendsFaults: false));

    /// <summary>Answers only to queues whose name the rule accepts. The fault address is never used.</summary>
    /// <param name="sendsFaults">Whether a failure is sent to an accepted reply address as well.</param>
    public static void AcceptReplyAddresses(
        this IReceiveEndpointConfigurator endpoint, Func<string, bool> acceptsQueue, bool sendsFaults) =>
        endpoint.UseFilter(new ReplyAddressFilter(acceptsQueue, sendsFaults));

    private sealed class ReplyAddressFilter(Func<string, bool> acceptsQueue, bool sendsFaults) : IFilter<ConsumeContext>
    {
        public Task Send(ConsumeContext context, IPipe<ConsumeContext> next) =>
            next.Send(new CheckedContext(context, acceptsQueue, sendsFaults));

        public void Probe(ProbeContext context) => context.CreateFilterScope("replyAddresses");
    }

    private sealed class CheckedContext(
        ConsumeContext context, Func<string, bool> acceptsQueue, bool sendsFaults) : ConsumeContextProxy(context)
    {
        public override Uri? ResponseAddress =>
            base.ResponseAddress is { } address && acceptsQueue(address.AbsolutePath.Split('/')[^1]) ? address : null;

        public override Uri? FaultAddress => null;

        public override Task NotifyFaulted<T>(
            ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) => sendsFaults
            ? base.NotifyFaulted(context, duration, consumerType, exception)
            : ReceiveContext.NotifyFaulted(context, duration, consumerType, exception);
    }
}
