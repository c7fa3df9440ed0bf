using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Audit;

/// <summary>Reads a hunt's log from its first line to its end. A stream that breaks off is taken up again where it broke.</summary>
public sealed class EventFeedClient(AdminApiClient desk, TimeProvider timeProvider)
{
    private const int Tries = 60;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    public async Task ReadAsync(string huntId, Action<FeedEvent> observe, CancellationToken cancellationToken)
    {
        var after = 0L;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await foreach (var entry in PageAsync(huntId, after, cancellationToken))
                {
                    after = Math.Max(after, entry.Sequence);
                    observe(entry);
                }

                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
            {
                if (attempt == Tries)
                {
                    throw new CliException($"The log of {huntId} cannot be read: {exception.Message}", exception);
                }

                await Task.Delay(BetweenTries, timeProvider, cancellationToken);
            }
        }
    }

    private async IAsyncEnumerable<FeedEvent> PageAsync(
        string huntId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/admin/events?after={after}&huntId={huntId}");
        await foreach (var line in desk.LinesAsync(path, cancellationToken))
        {
            yield return FeedEvent.Parse(line);
        }
    }
}
