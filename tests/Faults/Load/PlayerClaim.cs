namespace TreasureHunt.Faults.Load;

/// <summary>A claim of the load that has no final outcome yet, or had none when it was created.</summary>
/// <param name="Client">The client that sends the claim.</param>
internal sealed record PlayerClaim(int Client, string Player, string Treasure, string Key, string? Proof)
{
    public bool IsAccepted { get; set; }
}
