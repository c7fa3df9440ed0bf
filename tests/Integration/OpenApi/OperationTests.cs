using System.Text.Json;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>The error responses and the server of the OpenAPI document.</summary>
public sealed class OperationTests(SharedEngine engine) : OpenApiDocumentTests(engine)
{
    private IEnumerable<JsonProperty> Operations =>
        Document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject());

    [Fact]
    public void Every_error_response_is_a_problem()
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
    public async Task The_server_URL_is_the_URL_of_the_request(string scheme)
    {
        var document = (await Engine.Anonymous().Get("/openapi/v1.json", ("X-Forwarded-Proto", scheme))).Json;

        var server = Assert.Single(document.GetProperty("servers").EnumerateArray());
        Assert.Equal($"{scheme}://{Engine.Host("api-1").Url.Authority}", server.GetProperty("url").GetString());
    }
}
