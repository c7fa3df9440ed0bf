using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TreasureHunt.Api.Responses;

/// <summary>A status and a body of JSON.</summary>
/// <param name="type">Generated code that writes the body.</param>
internal sealed class JsonResponse<T>(int status, T body, JsonTypeInfo<T> type) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        return JsonBody.WriteAsync(httpContext.Response, JsonSerializer.SerializeToUtf8Bytes(body, type));
    }
}
