using TreasureHunt.Contracts;

namespace TreasureHunt.ReadModels;

/// <summary>The view of a hunt. The part of it that players can read depends on the time.</summary>
public sealed record HuntView(string HuntId, string Name, HuntWindow Window, int? PlayerLimit);
