using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Streams;

/// <summary>The limits of streams, and the end of a host.</summary>
public sealed class StreamLimitTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_full_Api_refuses_streams_and_a_stopping_Api_ends_them()
    {
        const string ApiName = "api-streams";
        var huntId = await Admin.OpenHunt();
        await Engine.StartHost(ApiName, ("Streams__Max", "1"));
        await using var client = await StreamClient.Connect(Engine.Anonymous(ApiName), huntId);
        await client.WaitFor(huntId, _ => true);

        var refused = await Engine.Anonymous(ApiName).Get($"/v1/hunts/{huntId}/stream");
        Assert.Equal("503 streams-full", refused.Problem);
        Assert.Matches("^[1-9]$", refused.Headers["Retry-After"]);
        Assert.Matches(@"(?m)^treasurehunt_streams\{.*\} 1\s", (await Engine.Anonymous(ApiName).Get("/metrics")).Text);

        Assert.Equal(0, await Engine.Host(ApiName).Stop());
        await client.Ended;
    }

    [Fact]
    public async Task An_Api_refuses_a_stream_beyond_its_limit_of_hunts()
    {
        const string ApiName = "api-one-hunt";
        var (followed, next) = (await Admin.OpenHunt(), await Admin.OpenHunt());
        await Engine.StartHost(ApiName, ("Streams__MaxHunts", "1"));
        await using var first = await StreamClient.Connect(Engine.Anonymous(ApiName), followed);
        await first.WaitFor(followed, _ => true);

        var refused = await Engine.Anonymous(ApiName).Get($"/v1/hunts/{next}/stream");
        Assert.Equal("503 streams-full", refused.Problem);
        Assert.Matches("^[1-9]$", refused.Headers["Retry-After"]);
        await using var second = await StreamClient.Connect(Engine.Anonymous(ApiName), followed);
        await second.WaitFor(followed, _ => true);

        Assert.Equal(0, await Engine.Host(ApiName).Stop());
    }
}
