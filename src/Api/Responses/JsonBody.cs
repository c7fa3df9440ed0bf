namespace TreasureHunt.Api.Responses;

/// <summary>Writes a whole body at once, with its length. A body without Content-Length would be sent in chunks.</summary>
internal static class JsonBody
{
    /// <summary>The media type of bodies that are no problems.</summary>
    public const string MediaType = "application/json; charset=utf-8";

    public static Task WriteAsync(HttpResponse response, byte[] json, string mediaType = MediaType)
    {
        response.ContentType = mediaType;
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json).AsTask();
    }
}
