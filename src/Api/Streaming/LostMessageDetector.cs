namespace TreasureHunt.Api.Streaming;

/// <summary>
/// Detects that published batches were lost: each begins where the one before ended, and the read model's checkpoint moves before a batch
/// is published. Not thread-safe.
/// </summary>
public sealed class LostMessageDetector
{
    private long? _receivedUpTo;
    private long? _lastCheckpoint;

    /// <summary>Records a received batch. Returns whether batches before it were lost.</summary>
    /// <param name="after">The sequence after which the batch begins.</param>
    /// <param name="upTo">The last sequence of the batch.</param>
    public bool Receive(long after, long upTo)
    {
        var isLost = _receivedUpTo < after;
        _receivedUpTo = Math.Max(_receivedUpTo ?? upTo, upTo);
        return isLost;
    }

    /// <summary>
    /// Records the checkpoint, at intervals that are longer than a message takes. Returns whether batches up to the checkpoint before were
    /// lost.
    /// </summary>
    public bool CheckpointReached(long checkpoint)
    {
        var isLost = _receivedUpTo < _lastCheckpoint;
        _receivedUpTo = isLost ? _lastCheckpoint : _receivedUpTo ?? checkpoint;
        _lastCheckpoint = checkpoint;
        return isLost;
    }
}
