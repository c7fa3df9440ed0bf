using System.Security.Cryptography;
using System.Text;

namespace TreasureHunt.Contracts;

/// <summary>Keeps and checks proofs without keeping what players must find.</summary>
public static class Proofs
{
    /// <summary>What is kept of <paramref name="proof"/>.</summary>
    /// <param name="commandId">
    /// The command that sets the proof. Its id is the salt: different for each command, and the same for a retry, which must not look
    /// like another payload.
    /// </param>
    public static ProofHash Hash(string proof, Guid commandId)
    {
        var salt = commandId.ToByteArray(bigEndian: true);
        return new ProofHash(Convert.ToBase64String(salt), Convert.ToBase64String(Digest(salt, proof)));
    }

    /// <summary>Whether <paramref name="proof"/> is the one that was hashed; takes the same time either way.</summary>
    public static bool Verify(ProofHash kept, string proof) =>
        CryptographicOperations.FixedTimeEquals(Digest(Convert.FromBase64String(kept.Salt), proof), Convert.FromBase64String(kept.Hash));

    private static byte[] Digest(byte[] salt, string proof) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(proof));
}
