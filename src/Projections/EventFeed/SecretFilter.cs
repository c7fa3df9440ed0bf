using System.Text.Json;
using System.Text.Json.Nodes;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Bodies;
using TreasureHunt.EventStore.Reading;

namespace TreasureHunt.Projections.EventFeed;

/// <summary>
/// Removes secrets from events before they leave the engine: hashes of proofs and fingerprints of payloads, from which short codes can
/// be guessed, and the texts of clues.
/// </summary>
internal static class SecretFilter
{
    private static readonly HashSet<string> EventsWithClues =
        [EventNames.All[typeof(TreasureHidden)], EventNames.All[typeof(ClueAdded)]];

    public static EventLine RemoveSecrets(EventLine line)
    {
        if (EventsWithClues.Contains(line.Type))
        {
            // The same form as in the analytics stream: a consumer fills gaps of the stream from this feed.
            var published = UnrevealedClues.WithoutTexts(EventJson.Deserialize(line.Data, line.Type));
            return line with { Data = JsonSerializer.SerializeToElement(published, published.GetType(), AnalyticsJson.Options) };
        }

        if (!line.Data.TryGetProperty(AnalyticsJson.Fingerprint, out _))
        {
            return line;
        }

        var data = JsonObject.Create(line.Data)!;
        data.Remove(AnalyticsJson.Fingerprint);
        return line with { Data = JsonSerializer.SerializeToElement(data, AnalyticsJson.Options) };
    }
}
