using System.Text.Json;
using Npgsql;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.EventStore.Bodies;

/// <summary>
/// The body of a stored event: binary in the column <c>bdata</c> for claim events, otherwise JSON in <c>data</c>. Earlier builds stored
/// claim events as JSON too.
/// </summary>
internal static class EventBody
{
    public const string Columns = "bdata, data";

    /// <summary>
    /// The value of <c>data</c> beside a binary body. Marten writes an empty object, from which an earlier build would read an event
    /// without values. It fails on an array, as on an event that it does not know.
    /// </summary>
    public const string NoJson = "[]";

    /// <summary>Reads the event from a row with the <see cref="Columns"/>.</summary>
    /// <param name="ordinal">The first of the columns.</param>
    /// <param name="name">The name of the event.</param>
    /// <exception cref="UnknownEventException">This build does not know the event.</exception>
    /// <exception cref="JsonException">The JSON body is damaged.</exception>
    /// <exception cref="FormatException">The binary body is damaged.</exception>
    public static object Read(NpgsqlDataReader reader, int ordinal, string name) => reader.IsDBNull(ordinal)
        ? EventJson.Deserialize(reader.GetFieldValue<byte[]>(ordinal + 1), name)
        : ClaimEventSerializer.Deserialize(reader.GetFieldValue<byte[]>(ordinal), name);

    /// <summary>Reads the event as JSON. A JSON body may be of an event that this build does not know.</summary>
    /// <inheritdoc cref="Read"/>
    public static JsonElement ReadJson(NpgsqlDataReader reader, int ordinal, string name) => reader.IsDBNull(ordinal)
        ? JsonElement.Parse(reader.GetFieldValue<byte[]>(ordinal + 1))
        : EventJson.Serialize(ClaimEventSerializer.Deserialize(reader.GetFieldValue<byte[]>(ordinal), name), name);
}
