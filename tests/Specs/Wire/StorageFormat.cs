using System.Text.Json;
using Marten;
using MassTransit.Serialization;
using TreasureHunt.EventStore;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>
/// What is written in the log, waits on the bus, or is told to others. When one of these specs breaks, do not correct the
/// spec: what earlier builds wrote still has to be read. A change of shape is a new event or message under a new name.
/// </summary>
internal static class StorageFormat
{
    /// <summary>As the event store writes events and snapshots.</summary>
    public static readonly ISerializer Log = Configured().Serializer();

    // Whether a message is indented is not its format.
    private static readonly JsonSerializerOptions Bus = new(SystemTextJsonMessageSerializer.Options) { WriteIndented = false };

    public static StoreOptions Configured()
    {
        var options = new StoreOptions();
        EventStoreRegistration.Configure(options, "specs");
        return options;
    }

    public static void InTheLog(string written, object value)
    {
        Is(written, Log.ToJson(value));
        Assert.Equivalent(
            value, Log.FromJson(value.GetType(), new MemoryStream(System.Text.Encoding.UTF8.GetBytes(written))), strict: true);
    }

    public static void OnTheBus(string written, object value)
    {
        Is(written, JsonSerializer.Serialize(value, value.GetType(), Bus));
        Assert.Equivalent(value, JsonSerializer.Deserialize(written, value.GetType(), Bus), strict: true);
    }

    public static T ReadFromTheBus<T>(string written) => JsonSerializer.Deserialize<T>(written, Bus)!;

    public static void Is(string written, string? actual) => Assert.True(
        written == actual, $"This is the storage format, and it has changed.\nWritten so far: {written}\nWritten now:    {actual}");
}
