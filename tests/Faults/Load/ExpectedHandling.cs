namespace TreasureHunt.Faults.Load;

/// <summary>What the engine must do with a hostile message.</summary>
internal enum ExpectedHandling
{
    /// <summary>The message is malformed: it becomes a dead letter.</summary>
    DeadLetter,

    /// <summary>The engine may process or reject the message: it becomes a dead letter at most once.</summary>
    MaybeDeadLetter,

    /// <summary>The queue ends with its host, so the message may be lost.</summary>
    MayBeLost,
}
