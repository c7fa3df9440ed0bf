namespace TreasureHunt.Api.Http;

/// <summary>Metadata of a route that needs no token and returns more with one, for the OpenAPI document.</summary>
public sealed class OptionalToken
{
    public static readonly OptionalToken Instance = new();

    private OptionalToken()
    {
    }
}
