namespace TreasureHunt.Contracts;

/// <summary>The hash of a proof: a salt and HMAC-SHA256(salt, proof), both in Base64. The proof itself is never stored.</summary>
public sealed record ProofHash(string Salt, string Hash);
