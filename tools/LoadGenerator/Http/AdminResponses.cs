using System.Net.Http.Json;
using System.Text.Json;

namespace TreasureHunt.LoadGenerator.Http;

/// <summary>Reads the responses of the admin API.</summary>
internal static class AdminResponses
{
    private const int MaxDescription = 400;

    /// <exception cref="LoadException">The body is not JSON of this type.</exception>
    public static async Task<T> ReadAsync<T>(this HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(cancellationToken) ?? throw new JsonException("The response is null.");
        }
        catch (JsonException exception)
        {
            throw new LoadException($"{response.RequestMessage?.RequestUri} returned unreadable JSON: {exception.Message}", exception);
        }
    }

    /// <summary>The status and the first part of the body, for an error message.</summary>
    public static async Task<string> DescribeAsync(this HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return $"{(int)response.StatusCode} {(text.Length > MaxDescription ? text[..MaxDescription] + "…" : text)}".TrimEnd();
    }
}
