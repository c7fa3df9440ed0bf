namespace TreasureHunt.LoadGenerator.Http;

/// <summary><c>GET /admin/lag</c>: the position of each read model.</summary>
/// <param name="Head">Highest sequence of the event store.</param>
public sealed record LagResponse(long Head, IReadOnlyList<ReadModelLag> ReadModels, BatchSizes? Batches = null)
{
    public bool CaughtUp => ReadModels.All(model => model.Behind <= 0);
}

/// <param name="Behind">Events between the read model and the head.</param>
public sealed record ReadModelLag(string Name, long Sequence, long Behind, LagMs? LagMs = null);

/// <summary>Time from commit to read model, in milliseconds.</summary>
public sealed record LagMs(double P50, double P99, long Count);

/// <summary>How many claims the workers decided in one batch.</summary>
public sealed record BatchSizes(double P50, double P99, double Max);
