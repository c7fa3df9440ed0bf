using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace TreasureHunt.Api.Claims;

/// <summary>The response to a request with several claims, in the format of the request: a JSON array, or NDJSON.</summary>
public sealed class ClaimLinesResult(IReadOnlyList<ClaimLineResponse> lines, bool isNdjson) : IResult
{
    /// <summary>Whether a request has a body of NDJSON.</summary>
    public static bool IsNdjson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(ClaimList.Ndjson, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes lines of NDJSON.</summary>
    public static void WriteLines(IBufferWriter<byte> output, IReadOnlyList<ClaimLineResponse> lines, JsonSerializerOptions json)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = json.Encoder, SkipValidation = true });
        foreach (var line in lines)
        {
            JsonSerializer.Serialize(writer, line, json);
            writer.Reset();
            output.Write("\n"u8);
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = new ArrayBufferWriter<byte>();
        if (isNdjson)
        {
            WriteLines(body, lines, json);
        }
        else
        {
            await using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = json.Encoder });
            JsonSerializer.Serialize(writer, lines, json);
        }

        httpContext.Response.ContentType = isNdjson ? ClaimList.Ndjson : "application/json; charset=utf-8";
        httpContext.Response.ContentLength = body.WrittenCount;
        await httpContext.Response.BodyWriter.WriteAsync(body.WrittenMemory, httpContext.RequestAborted);
    }
}
