using System.Text.Json;
using CsCheck;
using TreasureHunt.Api.Claims;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>Bodies with several claims.</summary>
public class ClaimListFuzz
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly Gen<ClaimLineRequest[]> Claims = Gen.Select(
        FuzzInputs.OneOf("goose", "No Slug", new string('a', 64)), FuzzInputs.OneOf("order-1", "", "a b"),
        FuzzInputs.OneOf(null, "alice", "shop:bob"), FuzzInputs.OneOf(null, "the oak"),
        (treasure, key, player, proof) => new ClaimLineRequest(treasure, key, player, proof)).Array[0, 5];

    [Fact]
    public void An_array_is_read_or_is_a_problem()
    {
        var body = Claims.Select(claims => JsonSerializer.SerializeToUtf8Bytes(claims, Web));

        Gen.OneOf(FuzzInputs.Bytes, body, FuzzInputs.Mutated(body)).Check(bytes => IsReadOrRefused(ClaimList.ReadArray(bytes)));
    }

    [Fact]
    public void Lines_are_read_or_are_problems()
    {
        var body = Claims.Select(claims => claims.SelectMany(claim => JsonSerializer.SerializeToUtf8Bytes(claim, Web).Append((byte)'\n')))
            .Select(bytes => bytes.ToArray());

        Gen.OneOf(FuzzInputs.Bytes, body, FuzzInputs.Mutated(body)).Check(bytes => IsReadOrRefused(ClaimList.ReadNdjson(bytes)));
    }

    private static void IsReadOrRefused((IReadOnlyList<ClaimLine> Lines, ClaimProblem? Problem) list)
    {
        Assert.True(list.Problem is null || list.Lines.Count == 0);
        Assert.InRange(list.Lines.Count, 0, ClaimRules.MaxClaims);
        Assert.All(list.Lines, line =>
        {
            Assert.NotEqual(line.Request is null, line.Problem is null);
            var isValid = line.Request is { } claim && IdentifierRules.IsSlug(claim.TreasureId) && IdentifierRules.IsKey(claim.Key)
                && IdentifierRules.IsProof(claim.Proof);
            Assert.Equal(
                isValid,
                line.Request is { } request
                    && ClaimRules.BrokenRuleOf(request.TreasureId, request.Key, request.Proof, "alice") is null);
        });
    }
}
