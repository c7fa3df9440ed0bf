namespace TreasureHunt.EventStore.Reading;

/// <summary>An event of the event store cannot be read: this build does not know it, or its body is damaged.</summary>
public sealed class UnreadableEventException(long sequence, string eventName, Exception inner) : Exception(inner.Message, inner)
{
    public long Sequence => sequence;

    /// <summary>The name in the event store, such as <c>treasure-awarded.v2</c>.</summary>
    public string EventName => eventName;
}
