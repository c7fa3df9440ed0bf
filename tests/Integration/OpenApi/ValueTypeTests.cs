using System.Reflection;
using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>The types of values in the schemas.</summary>
public sealed class ValueTypeTests(SharedEngine engine) : OpenApiDocumentTests(engine)
{
    private IEnumerable<JsonProperty> Schemas => Document.GetProperty("components").GetProperty("schemas").EnumerateObject();

    [Fact]
    public void Every_number_is_an_integer()
    {
        var numbers = All(Document).Where(schema => Types(schema).Contains("integer")).ToList();

        Assert.True(numbers.Count > 20, "The numbers were not found.");
        Assert.All(numbers, number =>
        {
            Assert.DoesNotContain("string", Types(number));
            Assert.Contains(number.GetProperty("format").GetString(), (string[])["int32", "int64"]);
        });
    }

    [Fact]
    public void Fixed_sets_of_values_are_enum_types()
    {
        Assert.Equal(Constants(typeof(Outcomes)), EnumValues("ClaimOutcome"));
        // A treasure of a hunt that has not opened is reported as not found.
        Assert.Equal(Constants(typeof(Reasons)).Except([Reasons.HuntNotOpen]), EnumValues("ClaimReason"));
        Assert.Equal(Enum.GetNames<HuntPhase>().Select(phase => phase.ToLowerInvariant()).Order(), EnumValues("HuntStatus"));
    }

    private JsonElement Schema(string name) => Schemas.Single(schema => schema.Name == name).Value;

    private IEnumerable<string?> EnumValues(string type) =>
        Schema(type).GetProperty("enum").EnumerateArray().Select(value => value.GetString()).Order();

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order();

    private static IEnumerable<string?> Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString())
        : type.ValueKind == JsonValueKind.String ? [type.GetString()]
        : [];

    private static IEnumerable<JsonElement> All(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => All(member.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(All),
        _ => [],
    };
}
