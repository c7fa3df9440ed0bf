namespace TreasureHunt.Specs.Simulation;

/// <summary>The result of a transaction for a worker. After a failure the worker does not know whether it was committed.</summary>
internal enum CommitOutcome
{
    Committed,
    Conflict,
    Failure,
}
