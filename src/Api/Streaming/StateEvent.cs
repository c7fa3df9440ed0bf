using TreasureHunt.Api.Treasures;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>The latest event of the hunt or of a treasure.</summary>
internal class StateEvent
{
    /// <summary>The serialized event; empty until it is public.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>The version of the hunt's state in which the event last changed.</summary>
    public long Version { get; set; }
}

/// <summary>The latest event of a treasure, and the view that it was made from.</summary>
internal sealed class TreasureEvent : StateEvent
{
    public long Sequence { get; set; }

    public TreasureView View { get; set; } = null!;

    public TreasureResponse? Response { get; set; }
}
