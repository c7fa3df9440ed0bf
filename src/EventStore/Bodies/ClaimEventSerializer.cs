using System.Text;
using JasperFx.Events;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.EventStore.Bodies;

/// <summary>
/// Serializes the binary bodies of the claim events. A body has all fields, because Marten reads it without its row. The layout is part of
/// the storage format: a changed one gets a new number.
/// </summary>
public sealed class ClaimEventSerializer : IEventBinarySerializer
{
    private const byte Layout = 1;

    // Damaged text must not be read as other text.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string Awarded = EventNames.All[typeof(TreasureAwarded)];
    private static readonly string Refused = EventNames.All[typeof(ClaimRefused)];

    public static byte[] Serialize(IClaimEvent decision)
    {
        using var bytes = new MemoryStream(160);
        using var writer = new BinaryWriter(bytes, Utf8);
        writer.Write(Layout);
        writer.Write(decision.ClaimId.ToByteArray(bigEndian: true));
        writer.Write(decision.TreasureId);
        writer.Write(decision.HuntId);
        writer.Write(decision.PlayerId);
        writer.Write7BitEncodedInt64(decision.Position);
        writer.Write(decision.AcceptedAt.UtcTicks);
        writer.Write(decision.DecidedAt.UtcTicks);
        writer.Write(decision.Fingerprint is not null);
        if (decision.Fingerprint is { } fingerprint)
        {
            writer.Write(fingerprint);
        }

        if (decision is ClaimRefused refused)
        {
            writer.Write(refused.Reason);
            Write(writer, refused.WinningPosition);
            Write(writer, refused.LateByMs);
        }

        return bytes.ToArray();
    }

    /// <param name="name">One of <see cref="EventNames"/>.</param>
    /// <exception cref="UnknownEventException">A newer build wrote the body: this one does not know it.</exception>
    /// <exception cref="FormatException">The bytes are not a body of the event.</exception>
    public static IClaimEvent Deserialize(byte[] body, string name)
    {
        using var reader = new BinaryReader(new MemoryStream(body), Utf8);
        try
        {
            if (reader.ReadByte() is var layout and not Layout || (name != Awarded && name != Refused))
            {
                throw new UnknownEventException($"{name} with a binary body of layout {body[0]}");
            }

            var decision = Read(reader, name);
            return reader.BaseStream.Position == body.Length ? decision : throw new FormatException("The body is longer than its event.");
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            throw new FormatException($"The body is damaged: {exception.Message}", exception);
        }
    }

    byte[] IEventBinarySerializer.Serialize(Type type, object data) => Serialize((IClaimEvent)data);

    object IEventBinarySerializer.Deserialize(Type type, byte[] data) => Deserialize(data, EventNames.All[type]);

    private static IClaimEvent Read(BinaryReader reader, string name)
    {
        var claimId = new Guid(reader.ReadBytes(16), bigEndian: true);
        var (treasureId, huntId, playerId) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var position = reader.Read7BitEncodedInt64();
        var (acceptedAt, decidedAt) = (ReadTime(reader), ReadTime(reader));
        var fingerprint = reader.ReadBoolean() ? reader.ReadString() : null;
        return name == Awarded
            ? new TreasureAwarded(treasureId, huntId, claimId, playerId, position, acceptedAt, decidedAt, fingerprint)
            : new ClaimRefused(
                treasureId, huntId, claimId, playerId, Reason: reader.ReadString(), position, WinningPosition: ReadNumber(reader),
                LateByMs: ReadNumber(reader), acceptedAt, decidedAt, fingerprint);
    }

    // All times of the engine are in UTC. Of another time, the offset is lost, not the moment.
    private static DateTimeOffset ReadTime(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);

    private static long? ReadNumber(BinaryReader reader) => reader.ReadBoolean() ? reader.Read7BitEncodedInt64() : null;

    private static void Write(BinaryWriter writer, long? number)
    {
        writer.Write(number.HasValue);
        if (number is { } value)
        {
            writer.Write7BitEncodedInt64(value);
        }
    }
}
