using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Contracts.Analytics;

/// <summary>A fact of the log as a CloudEvent (CloudEvents 1.0, JSON format).</summary>
/// <param name="Id">The event id; of a decision, the claim id.</param>
/// <param name="Source">The log that the fact stands in: <c>urn:treasure-hunt:{schema}</c>.</param>
/// <param name="Type">One of <see cref="Events.EventNames"/>, version included.</param>
/// <param name="Subject">The stream of the log, one of <see cref="Events.StreamNames"/>.</param>
/// <param name="Time">When it was recorded, by the clock of the database.</param>
/// <param name="Sequence">Place in the log: 19 digits, so that the order of the strings is the order of the log.</param>
/// <param name="Data">
/// The event whose name is the type, without what <see cref="AnalyticsJson"/> and <see cref="CluesToCome"/> leave out.
/// </param>
public sealed record CloudEvent(
    [property: JsonPropertyName("specversion")] string SpecVersion,
    Guid Id,
    string Source,
    string Type,
    string Subject,
    DateTimeOffset Time,
    [property: JsonPropertyName("datacontenttype")] string DataContentType,
    string Sequence,
    JsonElement Data)
{
    /// <summary>The sequence as a number.</summary>
    [JsonIgnore]
    public long Place => long.Parse(Sequence, CultureInfo.InvariantCulture);

    /// <summary>Tells a fact of the log.</summary>
    /// <param name="log">The name of the log: its schema.</param>
    public static CloudEvent Of(
        string log, Guid id, string type, string stream, DateTimeOffset recordedAt, long sequence, object fact) => new(
        "1.0",
        id,
        $"urn:treasure-hunt:{log}",
        type,
        stream,
        recordedAt,
        "application/json",
        sequence.ToString("D19", CultureInfo.InvariantCulture),
        JsonSerializer.SerializeToElement(CluesToCome.WithoutTexts(fact), fact.GetType(), AnalyticsJson.Options));
}
