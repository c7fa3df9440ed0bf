namespace TreasureHunt.Specs.Simulation;

/// <summary>The faults of the simulation.</summary>
internal enum SimulatedFault
{
    /// <summary>The queue loses a message and does not confirm it.</summary>
    MessageLost,

    /// <summary>The queue stores a message and its confirmation is lost.</summary>
    ConfirmLost,
    MessageDuplicated,

    /// <summary>A message overtakes earlier ones.</summary>
    MessageReordered,

    /// <summary>The queue redelivers messages while a worker still processes them.</summary>
    DeliveryRepeated,

    /// <summary>The outcome does not reach the client.</summary>
    OutcomeLost,

    /// <summary>A client sends a confirmed claim again.</summary>
    ClientRetriesConfirmedClaim,

    /// <summary>A client without a confirmation does not retry.</summary>
    ClientGivesUp,
    LockGrantedTwice,

    /// <summary>The lock server restarts without its locks.</summary>
    LocksLost,

    /// <summary>The event store fails a transaction, for example by a deadlock.</summary>
    CommitFailed,

    /// <summary>The event store commits and the worker sees a failure.</summary>
    CommitReplyLost,

    /// <summary>The worker sees a failure, and the transaction commits later.</summary>
    CommitLate,
    WorkerCrashed,
}
