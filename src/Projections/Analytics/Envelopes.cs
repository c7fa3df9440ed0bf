using System.Text.Json;
using TreasureHunt.Contracts.Analytics;

namespace TreasureHunt.Projections.Analytics;

/// <summary>Serializes a batch of events into messages for analytics.</summary>
public static class Envelopes
{
    /// <summary>
    /// Largest message in bytes. The broker refuses messages above 16 MiB, and would refuse the same message at each retry.
    /// </summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>One envelope, or several when it is too large. Each begins after the last sequence of the one before.</summary>
    /// <param name="after">The sequence after which the batch begins.</param>
    /// <param name="upTo">The sequence up to which the batch is complete.</param>
    public static IEnumerable<byte[]> Serialize(long after, long upTo, IReadOnlyList<CloudEvent> events)
    {
        var envelope = JsonSerializer.SerializeToUtf8Bytes(new EventEnvelope(after, upTo, events), AnalyticsJson.Options);
        if (envelope.Length <= MaxBytes || events.Count < 2)
        {
            return [envelope];
        }

        var half = events.Count / 2;
        var middle = events[half - 1].SequenceNumber;
        return Serialize(after, middle, [.. events.Take(half)]).Concat(Serialize(middle, upTo, [.. events.Skip(half)]));
    }
}
