using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using TreasureHunt.Api.Claims;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Demo;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>
/// What names a claim, in each form in which it comes in: identifiers, the body of a request, a message on the bus, a trace file.
/// </summary>
public partial class ClaimFuzz
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly Gen<string> Names = Inputs.Among(
        "goose", "2-foxes", "Alice.2:a_b", new string('a', 64), "order-1", new string('k', 128));

    private static readonly Gen<string> Proofs = Inputs.Among("", "the oak", "Zwölf\n", new string('p', 128));

    private static readonly Gen<byte[]> Body = Proofs.Select(proof => JsonSerializer.SerializeToUtf8Bytes(new ClaimRequest(proof), Web));

    private static readonly Gen<byte[]> Message = Gen.Select(Names, Names, Names, Proofs, (treasure, player, key, proof) =>
        JsonSerializer.SerializeToUtf8Bytes(new ClaimTreasure(treasure, player, key, proof), Web));

    private static readonly Gen<string> Line = Gen.Select(Gen.Double[0, 1e6], Names, Names, Proofs, (at, name, key, proof) =>
        JsonSerializer.Serialize(new TraceLine(at, "alice", name, key, proof), Web) + "\n");

    [Fact]
    public void The_rules_of_form_are_what_their_models_say() => Gen.OneOf(Inputs.Text, Names, Inputs.Spoilt(Names), Inputs.Spoilt(Proofs))
        .Check(text =>
    {
        Assert.Equal(Slug().IsMatch(text), IdentifierRules.IsSlug(text));
        Assert.Equal(Player().IsMatch(text), IdentifierRules.IsPlayer(text));
        Assert.Equal(Key().IsMatch(text), IdentifierRules.IsKey(text));
        Assert.Equal(IsStorable(text), IdentifierRules.IsText(text));
        Assert.Equal(text.Length <= 128 && IsStorable(text), IdentifierRules.IsProof(text));
    });

    [Fact]
    public void The_body_of_a_claim_is_read_or_is_no_JSON() => Gen.OneOf(Inputs.Bytes, Body, Inputs.Spoilt(Body)).Check(
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
    public void A_claim_from_the_bus_is_refused_or_follows_every_rule() => Gen.OneOf(Inputs.Bytes, Message, Inputs.Spoilt(Message)).Check(
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
            var follows = IdentifierRules.IsSlug(claim.TreasureId) && IdentifierRules.IsPlayer(claim.PlayerId)
                && IdentifierRules.IsKey(claim.Key) && IdentifierRules.IsProof(claim.Proof);
            Assert.Equal(follows, ClaimRules.ProblemOf(claim) is null);
        }
    });

    [Fact]
    public void A_trace_is_read_or_complained_of_and_what_is_read_follows_every_rule() => Gen.OneOf(
        Inputs.Text, Inputs.Spoilt(Line.Array[1, 3].Select(string.Concat))).Check(text =>
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
        catch (CliException)
        {
        }
    });

    /// <summary>PostgreSQL, JSON and a terminal take it: whole code points, no control characters but tab and line ends.</summary>
    private static bool IsStorable(string text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text).Length >= 0
                && text.EnumerateRunes().All(rune => !Rune.IsControl(rune) || rune.Value is '\t' or '\n' or '\r');
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,64}\z")]
    private static partial Regex Player();

    [GeneratedRegex(@"\A[\x21-\x7E]{1,128}\z")]
    private static partial Regex Key();
}
