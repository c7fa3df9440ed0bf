using System.Security.Cryptography;
using System.Text;

namespace TreasureHunt.Contracts;

/// <summary>Keeps and checks proofs without keeping what players must find.</summary>
public static class Proofs
{
    /// <summary>What is kept of <paramref name="proof"/>.</summary>
    public static ProofHash Hash(string proof)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new ProofHash(Convert.ToBase64String(salt), Convert.ToBase64String(Digest(salt, proof)));
    }

    /// <summary>Whether <paramref name="proof"/> is the one that was hashed; takes the same time either way.</summary>
    public static bool Verify(ProofHash kept, string proof) =>
        CryptographicOperations.FixedTimeEquals(Digest(Convert.FromBase64String(kept.Salt), proof), Convert.FromBase64String(kept.Hash));

    private static byte[] Digest(byte[] salt, string proof) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(proof));
}
