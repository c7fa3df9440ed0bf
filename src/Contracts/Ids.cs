using System.Security.Cryptography;
using System.Text;

namespace TreasureHunt.Contracts;

/// <summary>Creates all ids.</summary>
public static class Ids
{
    /// <summary>Namespace of claim ids (RFC 9562, section 5.5). Part of the storage format: never change it.</summary>
    private static readonly Guid ClaimNamespace = new("6f1c1f3a-7d0e-4f5b-9d53-0c7a4f2f8e11");

    /// <summary>
    /// Returns the claim id: UUID version 5 of player, treasure and key, so that a retry has the same id without any state.
    /// </summary>
    public static Guid ForClaim(string playerId, string treasureId, string key) =>
        NameBased($"claim\n{playerId}\n{treasureId}\n{key}");

    /// <summary>
    /// Returns the id of an administrator's command: UUID version 5, so that a retry has the same id and two administrators never share
    /// one.
    /// </summary>
    /// <param name="subject">The subject of the token.</param>
    /// <param name="target">Type and target of the command, without a line break.</param>
    public static Guid ForCommand(string subject, string target, string key) => NameBased($"command\n{subject}\n{target}\n{key}");

    /// <summary>Returns the id of a clue: UUID version 5, so that the clue is revealed once.</summary>
    /// <param name="eventId">The event that contains the clue.</param>
    /// <param name="n">Index of the clue in the event, from 0.</param>
    public static Guid ForClue(Guid eventId, int n) => NameBased($"clue\n{eventId:N}\n{n}");

    /// <summary>Returns a fresh id, ordered by time (UUID version 7).</summary>
#pragma warning disable RS0030 // The only caller.
    public static Guid Fresh() => Guid.CreateVersion7();
#pragma warning restore RS0030

    /// <summary>Returns a fresh id in the form of a hunt or treasure id.</summary>
    public static string FreshSlug() => Fresh().ToString("N");

    /// <summary>Returns a fresh player id for a visitor, with 128 random bits, so that two visitors are never the same player.</summary>
    public static string FreshVisitor() => $"visitor-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    /// <summary>Returns the shard of a treasure's claims: FNV-1a of the id, modulo the number of shards.</summary>
    public static int ShardOf(string treasureId, int shards)
    {
        var hash = 2166136261u;
        foreach (var c in treasureId)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return (int)(hash % (uint)shards);
    }

    private static Guid NameBased(string name)
    {
        // A subject may be as long as a token, too long for the stack.
        var size = 16 + Encoding.UTF8.GetMaxByteCount(name.Length);
        Span<byte> input = size <= 1024 ? stackalloc byte[size] : new byte[size];
        ClaimNamespace.TryWriteBytes(input, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(name, input[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1 for version 5. The hash is an id, not a protection.
        SHA1.HashData(input[..length], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
