using System.Security.Cryptography;
using System.Text;

namespace TreasureHunt.Contracts;

/// <summary>Hashes and verifies proofs. Only the hash is stored, not the code that players must find.</summary>
public static class Proofs
{
    /// <summary>Returns the hash of <paramref name="proof"/>.</summary>
    /// <param name="commandId">
    /// The command that sets the proof. Its id is the salt: it differs for each command, and is the same for a retry, which must have the
    /// same payload.
    /// </param>
    public static ProofHash Hash(string proof, Guid commandId)
    {
        var salt = commandId.ToByteArray(bigEndian: true);
        return new ProofHash(Convert.ToBase64String(salt), Convert.ToBase64String(Digest(salt, proof)));
    }

    /// <summary>Whether <paramref name="proof"/> has this hash. Takes constant time.</summary>
    public static bool Verify(ProofHash hash, string proof) =>
        CryptographicOperations.FixedTimeEquals(Digest(Convert.FromBase64String(hash.Salt), proof), Convert.FromBase64String(hash.Hash));

    private static byte[] Digest(byte[] salt, string proof) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(proof));
}
