using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace TreasureHunt.Load;

/// <summary>The door of the system that is measured, for what has to be there before.</summary>
public sealed class Site : IDisposable
{
    /// <summary>Commands under way at once.</summary>
    private const int AtOnce = 64;

    private readonly HttpClient _http;

    public Site(Uri url, Crowd crowd)
    {
        _http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", crowd.Admin);
    }

    /// <summary>Opens a hunt with the scenario's treasures, named run-0, run-1 and so on, and waits until they can be read.</summary>
    public async Task Prepare(Scenario scenario, string run, DateTimeOffset now)
    {
        await Post("hunts", new { huntId = run, name = scenario.What, opensAt = now.AddHours(-1), closesAt = now.AddHours(12) });
        await Parallel.ForAsync(0, scenario.Treasures, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
            await Post($"hunts/{run}/treasures", new { treasureId = $"{run}-{n}", name = scenario.What, stock = scenario.Stock, perPlayer = 1_000 }));
        await Post($"hunts/{run}/open", new { });
        foreach (var treasure in Enumerable.Range(0, scenario.Treasures).Where(n => n % 100 == 0 || n == scenario.Treasures - 1))
        {
            await Readable($"{run}-{treasure}");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task Readable(string treasureId)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var answer = await _http.GetAsync(new Uri($"v1/treasures/{treasureId}", UriKind.Relative));
            if (answer.IsSuccessStatusCode && !(await answer.Content.ReadAsStringAsync()).Contains("\"hidden\"", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"The treasure {treasureId} cannot be read 10 s after it was hidden.");
    }

    private async Task Post(string path, object body)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"v1/{path}", UriKind.Relative)) { Content = JsonContent.Create(body) };
            // The same command, however often it is sent.
            request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"{path.Replace('/', '-')}-{body.GetHashCode()}"));
            using var answer = await _http.SendAsync(request);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            if (attempt == 5 || (int)answer.StatusCode < 500)
            {
                throw new InvalidOperationException($"POST {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }

            await Task.Delay(500);
        }
    }
}
