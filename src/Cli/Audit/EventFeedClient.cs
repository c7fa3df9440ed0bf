using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TreasureHunt.InvariantChecker;
using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.Cli.Audit;

/// <summary>
/// Reads the recorded events of a hunt from the first to the last. After a broken connection it continues where it stopped.
/// </summary>
public sealed class EventFeedClient(AdminApiClient client, TimeProvider timeProvider)
{
    private const int MaxAttempts = 60;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    public async Task ReadAsync(string huntId, Action<FeedEvent> observe, CancellationToken cancellationToken)
    {
        var after = 0L;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await foreach (var entry in ReadAfterAsync(huntId, after, cancellationToken))
                {
                    after = Math.Max(after, entry.Sequence);
                    observe(entry);
                }

                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
            {
                if (attempt == MaxAttempts)
                {
                    throw new CliException($"The events of {huntId} cannot be read: {exception.Message}", exception);
                }

                await Task.Delay(RetryInterval, timeProvider, cancellationToken);
            }
        }
    }

    private async IAsyncEnumerable<FeedEvent> ReadAfterAsync(
        string huntId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/admin/events?after={after}&huntId={huntId}");
        await foreach (var line in client.ReadLinesAsync(path, cancellationToken))
        {
            yield return FeedEvent.Parse(line);
        }
    }
}
