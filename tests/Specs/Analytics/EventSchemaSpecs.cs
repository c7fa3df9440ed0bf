using System.Text.Json;
using System.Text.Json.Nodes;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Analytics;

/// <summary>The schema file agrees with the types.</summary>
public class EventSchemaSpecs
{
    private static readonly JsonNode Schema = Read(AnalyticsSchema.File);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    public static TheoryData<string> Definitions => [.. AnalyticsSchema.OfTypes().Select(definition => definition.Key)];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void The_schema_names_every_property_with_its_type_and_whether_it_is_required(string definition)
    {
        var expected = AnalyticsSchema.OfTypes()[definition]!;
        var written = AnalyticsSchema.WithoutRemarks(Schema["definitions"]![definition]);

        Assert.True(
            JsonNode.DeepEquals(expected, written),
            $"{definition} should be\n{expected.ToJsonString(Indented)}\nand is\n{written?.ToJsonString(Indented)}");
    }

    [Fact]
    public void The_schema_describes_nothing_else() =>
        Assert.Equal(
            AnalyticsSchema.OfTypes().Select(definition => definition.Key).Order(),
            Schema["definitions"]!.AsObject().Select(definition => definition.Key).Order());

    [Fact]
    public void The_schema_contains_no_proofs_and_no_fingerprints() => Assert.All(
        (string[])["proof", "fingerprint"],
        word => Assert.DoesNotContain(word, AnalyticsSchema.WithoutRemarks(Schema)!.ToJsonString(), StringComparison.OrdinalIgnoreCase));

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(Repository.PathOf(path)))!;
}
