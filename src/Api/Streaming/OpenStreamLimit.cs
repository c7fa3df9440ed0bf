using TreasureHunt.Api.Http;

namespace TreasureHunt.Api.Streaming;

/// <summary>Limits the open event streams of this process to <see cref="StreamOptions.Max"/>, and counts them.</summary>
public sealed class OpenStreamLimit(StreamOptions options) : StreamLimit(options.Max, "treasurehunt_streams", "Open event streams");
