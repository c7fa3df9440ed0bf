namespace TreasureHunt.Api.Caching;

/// <summary>No cache can answer, and this process has no earlier value.</summary>
public sealed class ReadModelUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    public ReadModelUnavailableException(Exception inner)
        : this("No cache can answer.", inner)
    {
    }

    /// <summary>Redis has lost a part of the read model: a missing key does not mean "not found".</summary>
    public static ReadModelUnavailableException Incomplete() => new("The read model is being built again.");

    /// <summary>The projections could not write the latest state.</summary>
    public static ReadModelUnavailableException NotWritable() => new("The latest state could not be written.");
}
