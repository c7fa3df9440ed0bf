using System.Text;
using CsCheck;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Bodies;
using TreasureHunt.Platform.Failures;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>Damaged bodies of claim events: they are read, or fail as data, which is not retried.</summary>
public class ClaimEventBodyFuzz
{
    // Without lone surrogates, which PostgreSQL does not store either.
    private static readonly Gen<string> Text = FuzzInputs.Text.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    private static readonly Gen<byte[]> Body = Gen.Select(
        Text, Gen.Long, Gen.Long, Gen.DateTimeOffset, Text.Null(), (text, position, late, at, fingerprint) =>
            ClaimEventSerializer.Serialize(
                new ClaimRefused(text, "sale", Guid.Empty, "alice", "hunt-closed", position, null, late, at, at, fingerprint)));

    private static readonly Gen<byte[]> Bytes = FuzzInputs.Bytes.Select(bytes => (byte[])[1, .. bytes]);

    [Fact]
    public void A_body_is_read_or_fails_as_data() => Gen.OneOf(FuzzInputs.Bytes, Bytes, FuzzInputs.Mutated(Body)).Check(body =>
    {
        try
        {
            Assert.IsType<ClaimRefused>(ClaimEventSerializer.Deserialize(body, EventNames.All[typeof(ClaimRefused)]));
        }
        catch (Exception exception) when (exception is FormatException or UnknownEventException)
        {
            Assert.Equal(FailureKind.Data, FailureClassifier.Classify(exception));
        }
    });

    [Fact]
    public void A_body_that_is_cut_or_extended_fails() => Body.Check(body => Assert.All(
        (byte[][])[[], body[..1], body[..^1], [.. body, 0]],
        damaged => Assert.ThrowsAny<FormatException>(
            () => ClaimEventSerializer.Deserialize(damaged, EventNames.All[typeof(ClaimRefused)]))));
}
