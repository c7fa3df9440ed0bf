using System.Reflection;
using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>What the OpenAPI document says of types: generators take it at its word.</summary>
public sealed class SchemaTests(SharedEngine engine) : EngineTests(engine)
{
    private JsonElement _document;

    private IEnumerable<JsonProperty> Schemas => _document.GetProperty("components").GetProperty("schemas").EnumerateObject();

    private IEnumerable<JsonProperty> Operations =>
        _document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject());

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _document = (await Engine.Nobody().Get("/openapi/v1.json")).Json;
    }

    [Theory]
    [InlineData("ClaimRequest", "")]
    [InlineData("DraftHuntRequest", "closesAt name opensAt")]
    [InlineData("HideTreasureRequest", "name stock")]
    [InlineData("ClueRequest", "revealAt text")]
    [InlineData("RestockRequest", "units")]
    [InlineData("RevokeRequest", "because claimId")]
    public void A_request_requires_what_it_is_refused_without(string request, string required)
    {
        var schema = Schema(request);

        Assert.Equal(required, string.Join(' ', Required(schema)));
        Assert.All(
            schema.GetProperty("properties").EnumerateObject(),
            member => Assert.NotEqual(Required(schema).Contains(member.Name), MayBeNull(member.Value)));
    }

    [Fact]
    public void An_answer_has_all_of_its_members()
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

    [Fact]
    public void A_number_is_an_integer_and_nothing_else()
    {
        var numbers = All(_document).Where(schema => Types(schema).Contains("integer")).ToList();

        Assert.True(numbers.Count > 20, "The numbers were not found.");
        Assert.All(numbers, number =>
        {
            Assert.DoesNotContain("string", Types(number));
            Assert.Contains(number.GetProperty("format").GetString(), (string[])["int32", "int64"]);
        });
    }

    [Fact]
    public void Words_of_a_kind_are_a_type_of_their_own()
    {
        Assert.Equal(Constants(typeof(Outcomes)), Words("ClaimOutcome"));
        // Before the opening of its hunt, a treasure is told as one that does not exist.
        Assert.Equal(Constants(typeof(Reasons)).Except([Reasons.HuntNotOpen]), Words("ClaimReason"));
        Assert.Equal(Enum.GetNames<HuntPhase>().Select(phase => phase.ToLowerInvariant()).Order(), Words("HuntStatus"));
    }

    [Fact]
    public void Whatever_goes_wrong_is_described_as_a_problem()
    {
        var refusals =
            Operations.SelectMany(operation => operation.Value.GetProperty("responses").EnumerateObject()).Where(
                response => response.Name[0] is '4' or '5' or 'd').ToList();

        Assert.All(refusals, refusal =>
        {
            var content = Assert.Single(refusal.Value.GetProperty("content").EnumerateObject());
            Assert.Equal(
                ("application/problem+json", "#/components/schemas/ProblemDetails"),
                (content.Name, content.Value.GetProperty("schema").GetProperty("$ref").GetString()));
        });
        Assert.All(Operations, operation => Assert.True(operation.Value.GetProperty("responses").TryGetProperty("default", out _)));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task The_server_is_where_the_document_was_asked_for(string scheme)
    {
        var document = (await Engine.Nobody().Get("/openapi/v1.json", ("X-Forwarded-Proto", scheme))).Json;

        var server = Assert.Single(document.GetProperty("servers").EnumerateArray());
        Assert.Equal($"{scheme}://{Engine.Host("api-1").Url.Authority}", server.GetProperty("url").GetString());
    }

    private JsonElement Schema(string name) => Schemas.Single(schema => schema.Name == name).Value;

    private IEnumerable<string?> Words(string type) =>
        Schema(type).GetProperty("enum").EnumerateArray().Select(word => word.GetString()).Order();

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order();

    private static List<string?> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var required)
            ? [.. required.EnumerateArray().Select(member => member.GetString()).Order()] : [];

    private static bool MayBeNull(JsonElement schema) => Types(schema).Contains("null");

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
