using System.Text.Json;
using TreasureHunt.Contracts;

namespace TreasureHunt.Integration.Bus;

/// <summary>Creates envelopes of MassTransit.</summary>
internal static class MessageEnvelope
{
    public const string ContentType = "application/vnd.masstransit+json";

    public static string Create(string type, object message, object? more = null)
    {
        var envelope = JsonSerializer.SerializeToNode(new
        {
            messageId = Ids.Fresh(),
            messageType = new[] { $"urn:message:TreasureHunt.Contracts.Commands:{type}" },
            message,
        })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
        {
            envelope[name] = value?.DeepClone();
        }

        return envelope.ToJsonString();
    }
}
