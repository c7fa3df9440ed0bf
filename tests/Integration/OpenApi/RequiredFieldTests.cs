using System.Text.Json;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>The required fields of the schemas.</summary>
public sealed class RequiredFieldTests(SharedEngine engine) : OpenApiDocumentTests(engine)
{
    private IEnumerable<JsonProperty> Schemas => Document.GetProperty("components").GetProperty("schemas").EnumerateObject();

    [Theory]
    [InlineData("ClaimRequest", "")]
    [InlineData("ClaimLineRequest", "key treasureId")]
    [InlineData("DraftHuntRequest", "closesAt name opensAt")]
    [InlineData("HideTreasureRequest", "name stock")]
    [InlineData("ClueRequest", "revealAt text")]
    [InlineData("RestockRequest", "units")]
    [InlineData("RevokeRequest", "because claimId")]
    public void A_request_schema_requires_its_mandatory_fields(string request, string required)
    {
        var schema = Schema(request);

        Assert.Equal(required, string.Join(' ', Required(schema)));
        Assert.All(
            schema.GetProperty("properties").EnumerateObject(),
            member => Assert.NotEqual(Required(schema).Contains(member.Name), MayBeNull(member.Value)));
    }

    [Fact]
    public void A_response_schema_requires_all_of_its_members()
    {
        var answers =
            Schemas.Where(
                schema =>
                    schema.Value.TryGetProperty("properties", out _) && !schema.Name.EndsWith("Request", StringComparison.Ordinal)
                        && schema.Name != "ProblemDetails").ToList();

        Assert.True(answers.Count > 10, "The types of the answers were not found.");
        Assert.All(
            answers,
            answer =>
                Assert.Equal(
                    answer.Value.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order(),
                    Required(answer.Value)));
    }

    [Fact]
    public void A_problem_has_a_type_a_title_and_a_status() =>
        Assert.Equal(["status", "title", "type"], Required(Schema("ProblemDetails")));

    private JsonElement Schema(string name) => Schemas.Single(schema => schema.Name == name).Value;

    private static List<string?> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var required)
            ? [.. required.EnumerateArray().Select(member => member.GetString()).Order()] : [];

    private static bool MayBeNull(JsonElement schema) => Types(schema).Contains("null");

    private static IEnumerable<string?> Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString())
        : type.ValueKind == JsonValueKind.String ? [type.GetString()]
        : [];
}
