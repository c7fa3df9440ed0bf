namespace TreasureHunt.Platform.Failures;

/// <summary>How a pipeline continues after a failure.</summary>
public enum FailureKind
{
    /// <summary>
    /// A server is unavailable, slow or out of resources. Retry the same work without a limit, and report the stall.
    /// </summary>
    Transient,

    /// <summary>Another writer was first. Reload the state and repeat the work at once.</summary>
    Conflict,

    /// <summary>The input is invalid and fails each time. Isolate it and continue with the other inputs.</summary>
    Data,

    /// <summary>Not recognised. Retry a limited number of times, then treat it as <see cref="Data"/>.</summary>
    Unknown,
}
