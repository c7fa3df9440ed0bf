namespace TreasureHunt.Cli.Replays;

/// <summary>The body of <c>POST /admin/replays</c>.</summary>
public sealed record StartReplayRequest(string ReadModel, bool DryRun, bool Compare, bool Rollback);
