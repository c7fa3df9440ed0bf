namespace TreasureHunt.Faults.Servers;

/// <summary>The direction of bytes through a <see cref="FaultyTcpProxy"/>.</summary>
public enum Direction
{
    ToServer,
    ToClient,
}
