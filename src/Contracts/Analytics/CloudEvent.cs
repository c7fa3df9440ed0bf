using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Contracts.Analytics;

/// <summary>A recorded event as a CloudEvent (CloudEvents 1.0, JSON format).</summary>
/// <param name="Id">The event id; the claim id for a decision.</param>
/// <param name="Source">The event store: <c>urn:treasure-hunt:{schema}</c>.</param>
/// <param name="Type">One of <see cref="EventNames"/>, version included.</param>
/// <param name="Subject">The stream, one of <see cref="StreamNames"/>.</param>
/// <param name="Time">The time of recording by the clock of the database.</param>
/// <param name="Sequence">The sequence in 19 digits, so that the order of the strings is the order of the events.</param>
/// <param name="Data">
/// The event of that type, without the data that <see cref="AnalyticsJson"/> and <see cref="UnrevealedClues"/> remove.
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
    public long SequenceNumber => long.Parse(Sequence, CultureInfo.InvariantCulture);

    /// <summary>Creates the CloudEvent of a recorded event.</summary>
    /// <param name="schema">The PostgreSQL schema of the event store.</param>
    public static CloudEvent Of(
        string schema, Guid id, string type, string stream, DateTimeOffset recordedAt, long sequence, object @event) => new(
        SpecVersion: "1.0",
        Id: id,
        Source: $"urn:treasure-hunt:{schema}",
        Type: type,
        Subject: stream,
        Time: recordedAt,
        DataContentType: "application/json",
        Sequence: sequence.ToString("D19", CultureInfo.InvariantCulture),
        Data: JsonSerializer.SerializeToElement(UnrevealedClues.WithoutTexts(@event), @event.GetType(), AnalyticsJson.Options));
}
