namespace TreasureHunt.Platform.Failures;

/// <summary>How a pipeline goes on after a failure.</summary>
public enum FailureKind
{
    /// <summary>
    /// A server is away, slow or out of resources. The same work succeeds later: retry it in place, without end, and show that it waits.
    /// </summary>
    Transient,

    /// <summary>Another writer was first. Reload the state and do the work again at once.</summary>
    Conflict,

    /// <summary>The input itself cannot be processed; it fails again each time. Isolate it and go on with the rest.</summary>
    Data,

    /// <summary>Not recognised. Retry a limited number of times, then treat it as <see cref="Data"/>.</summary>
    Unknown,
}
