namespace TreasureHunt.Api.Hunts;

/// <summary>The latest hunts.</summary>
public sealed record HuntListResponse(IReadOnlyList<HuntListItem> Hunts);

public sealed record HuntListItem(string HuntId, string Name, string Status);
