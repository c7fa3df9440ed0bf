namespace TreasureHunt.Cli.Engine;

/// <summary>The parts of <c>GET /v1/hunts/{id}</c> that the demo waits for.</summary>
public sealed record HuntSummary(string HuntId, string Status, IReadOnlyList<TreasureSummary> Treasures);

public sealed record TreasureSummary(string TreasureId, string Status, int Stock, int Remaining);

/// <summary><c>GET /admin/lag</c>: how far each read model has come.</summary>
/// <param name="Head">Highest sequence in the log.</param>
public sealed record LagResponse(long Head, IReadOnlyList<ReadModelLag> ReadModels, BatchSizes? Batches = null)
{
    public bool CaughtUp => ReadModels.All(model => model.Behind <= 0);
}

public sealed record ReadModelLag(string Name, long Sequence, long Behind, LagMs? LagMs = null);

/// <summary>Time from commit to read model, in milliseconds.</summary>
public sealed record LagMs(double P50, double P99, long Count);

/// <summary>How many claims the workers decided together.</summary>
public sealed record BatchSizes(double P50, double P99, double Max);
