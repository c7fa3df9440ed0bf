using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using TreasureHunt.Api.Claims;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.LoadGenerator;
using TreasureHunt.LoadGenerator.Planning;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>
/// The inputs that contain a claim: identifiers, request bodies, messages on the bus and trace files.
/// </summary>
public partial class ClaimInputFuzz
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly Gen<string> Names = FuzzInputs.OneOf(
        "goose", "2-foxes", "Alice.2:a_b", new string('a', 64), "order-1", new string('k', 128));

    private static readonly Gen<string> Proofs = FuzzInputs.OneOf("", "the oak", "Zwölf\n", new string('p', 128));
    private static readonly Gen<byte[]> Body = Proofs.Select(proof => JsonSerializer.SerializeToUtf8Bytes(new ClaimRequest(proof), Web));

    private static readonly Gen<byte[]> Message = Gen.Select(Names, Names, Names, Proofs, (treasure, player, key, proof) =>
        JsonSerializer.SerializeToUtf8Bytes(new ClaimTreasure(treasure, player, key, proof), Web));

    private static readonly Gen<string> Line = Gen.Select(Gen.Double[0, 1e6], Names, Names, Proofs, (at, name, key, proof) =>
        JsonSerializer.Serialize(new TraceLine(at, "alice", name, key, proof), Web) + "\n");

    [Fact]
    public void The_body_of_a_claim_is_parsed_or_is_invalid_JSON() => Gen.OneOf(FuzzInputs.Bytes, Body, FuzzInputs.Mutated(Body)).Check(
        (Action<byte[]>)(bytes =>
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            var body =
                JsonSerializer.DeserializeAsync<ClaimRequest>((Stream)stream, ClaimRequestJson.Default.ClaimRequest).AsTask().GetAwaiter()
                    .GetResult();
            Assert.Equal(
                body?.Proof,
                body is null ? null : JsonSerializer.Deserialize<ClaimRequest>(JsonSerializer.Serialize(body, Web), Web)?.Proof);
        }
        catch (JsonException)
        {
        }
    }));

    [Fact]
    public void A_claim_from_the_bus_is_refused_or_follows_every_rule() => Gen.OneOf(FuzzInputs.Bytes, Message, FuzzInputs.Mutated(Message))
        .Check(
        bytes =>
    {
        ClaimTreasure? claim;
        try
        {
            claim = JsonSerializer.Deserialize<ClaimTreasure>(bytes, Web);
        }
        catch (JsonException)
        {
            return;
        }

        if (claim is not null)
        {
            var isValid = IdentifierRules.IsSlug(claim.TreasureId) && IdentifierRules.IsPlayer(claim.PlayerId)
                && IdentifierRules.IsKey(claim.Key) && IdentifierRules.IsProof(claim.Proof);
            Assert.Equal(isValid, ClaimRules.ProblemOf(claim) is null);
        }
    });

    [Fact]
    public void A_trace_is_refused_or_follows_every_rule() => Gen.OneOf(
        FuzzInputs.Text, FuzzInputs.Mutated(Line.Array[1, 3].Select(string.Concat))).Check(text =>
    {
        try
        {
            using var file = new StringReader(text);
            foreach (var line in Trace.Read(file, "trace"))
            {
                Assert.True(
                    IdentifierRules.IsPlayer(line.Player) && IdentifierRules.IsSlug(line.Treasure) && IdentifierRules.IsKey(line.Key)
                        && IdentifierRules.IsProof(line.Proof));
                Assert.InRange(line.OffsetMs, 0, 1e10);
            }
        }
        catch (LoadException)
        {
        }
    });

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,64}\z")]
    private static partial Regex Player();

    [GeneratedRegex(@"\A[\x21-\x7E]{1,128}\z")]
    private static partial Regex Key();
}
