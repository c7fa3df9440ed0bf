namespace TreasureHunt.Commands.Committing;

/// <summary>One unit of work under <see cref="CommitRetryPolicy"/>, over all of its attempts.</summary>
public sealed class CommitAttempt
{
    /// <summary>
    /// A number that changes when another writer changes the state that the work reads, such as the sum of the stream versions. The work
    /// sets it in each attempt: if it is the same after a conflict, no other writer caused the conflict.
    /// </summary>
    public long ObservedState { get; set; }
}
