using System.Text.Json;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>Tests of the OpenAPI document.</summary>
public abstract class OpenApiDocumentTests(SharedEngine engine) : EngineTests(engine)
{
    protected JsonElement Document { get; private set; }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var answer = await Engine.Anonymous().Get("/openapi/v1.json");
        Assert.Equal("200", answer.Problem);
        Document = answer.Json;
    }
}
