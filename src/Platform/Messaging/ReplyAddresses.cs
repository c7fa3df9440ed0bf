using MassTransit;
using MassTransit.Context;

namespace TreasureHunt.Platform.Messaging;

/// <summary>
/// Restricts the reply addresses of messages: a sender must not choose an exchange that this process writes to or declares.
/// </summary>
public static class ReplyAddresses
{
    /// <summary>Ignores all addresses of the message: sends neither responses nor faults.</summary>
    public static void IgnoreReplyAddresses(this IReceiveEndpointConfigurator endpoint) =>
        endpoint.UseFilter(new ReplyAddressFilter(_ => false, sendsFaults: false));

    /// <summary>Responds only to queues whose names are accepted. The fault address is never used.</summary>
    /// <param name="acceptsQueue">Returns whether a queue name is accepted.</param>
    /// <param name="sendsFaults">Whether faults are sent to an accepted reply address too.</param>
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
