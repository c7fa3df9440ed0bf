using System.Text.Json;
using TreasureHunt.Contracts.Analytics;

namespace TreasureHunt.Projections.Analytics;

/// <summary>Puts a page of the log into messages.</summary>
public static class Envelopes
{
    /// <summary>Largest message in bytes. Brokers refuse those above 16 MiB, and a page that is refused is refused for ever.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>One envelope, or as many as it takes, each beginning where the one before it ends.</summary>
    /// <param name="after">The sequence behind which the page begins.</param>
    /// <param name="upTo">The sequence up to which nothing is missing from it.</param>
    public static IEnumerable<byte[]> Of(long after, long upTo, IReadOnlyList<CloudEvent> facts)
    {
        var envelope = JsonSerializer.SerializeToUtf8Bytes(new EventEnvelope(after, upTo, facts), AnalyticsJson.Options);
        if (envelope.Length <= MaxBytes || facts.Count < 2)
        {
            return [envelope];
        }

        var half = facts.Count / 2;
        var middle = facts[half - 1].Place;
        return Of(after, middle, [.. facts.Take(half)]).Concat(Of(middle, upTo, [.. facts.Skip(half)]));
    }
}
