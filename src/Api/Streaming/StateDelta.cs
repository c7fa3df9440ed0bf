namespace TreasureHunt.Api.Streaming;

/// <summary>The events that bring a client from one version of a hunt's state to another.</summary>
/// <param name="Version">The version that the client has after these events.</param>
/// <param name="Bytes">The server-sent events, shared by all clients and never changed.</param>
public readonly record struct StateDelta(long Version, ReadOnlyMemory<byte> Bytes);
