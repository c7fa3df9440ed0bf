using System.Text.Json;
using Marten;
using MassTransit.Serialization;
using TreasureHunt.EventStore;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>
/// Checks of the formats of events, messages and names. Do not change an expected value: data of earlier builds must stay readable.
/// A changed format is a new event or message with a new name.
/// </summary>
internal static class StorageFormat
{
    /// <summary>The serializer of the event store for events and snapshots.</summary>
    public static readonly ISerializer EventSerializer = ConfiguredOptions().Serializer();

    // Indentation is not part of the format.
    private static readonly JsonSerializerOptions Bus = new(SystemTextJsonMessageSerializer.Options) { WriteIndented = false };

    public static StoreOptions ConfiguredOptions()
    {
        var options = new StoreOptions();
        EventStoreRegistration.Configure(options, "specs");
        return options;
    }

    public static void IsStoredAs(string written, object value)
    {
        IsUnchanged(written, EventSerializer.ToJson(value));
        Assert.Equivalent(
            value, EventSerializer.FromJson(value.GetType(), new MemoryStream(System.Text.Encoding.UTF8.GetBytes(written))), strict: true);
    }

    public static void IsSentAs(string written, object value)
    {
        IsUnchanged(written, JsonSerializer.Serialize(value, value.GetType(), Bus));
        Assert.Equivalent(value, JsonSerializer.Deserialize(written, value.GetType(), Bus), strict: true);
    }

    public static T ReadMessage<T>(string written) => JsonSerializer.Deserialize<T>(written, Bus)!;

    public static void IsUnchanged(string written, string? actual) => Assert.True(
        written == actual, $"The storage format has changed.\nExpected: {written}\nActual:   {actual}");
}
