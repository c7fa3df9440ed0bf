namespace TreasureHunt.Platform.Failures;

/// <summary>The event store holds an event whose name this build does not know: a newer build wrote it.</summary>
/// <param name="eventName">The name in the event store, such as <c>treasure-awarded.v2</c>.</param>
public sealed class UnknownEventException(string eventName) : Exception($"This build does not know the event {eventName}.");
