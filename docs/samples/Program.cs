// dotnet run --project docs/samples -- claim PLAYER TREASURE KEY [PROOF]
// dotnet run --project docs/samples -- events COUNT
using System.Globalization;
using System.Net.Http.Headers;
using TreasureHunt.Samples;

switch (args)
{
    case ["claim", var player, var treasure, var key, .. var proof]:
        await new ClaimPublisher(new Uri(Setting("HUNT_RABBITMQ_STOREFRONT_SHOP")))
            .PublishAsync(player, treasure, key, proof.FirstOrDefault(), CancellationToken.None);
        Console.WriteLine($"The broker has confirmed claim {ClaimPublisher.ClaimId(player, treasure, key)}");
        return 0;

    case ["events", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count):
        await PrintEventsAsync(count);
        return 0;

    default:
        Console.Error.WriteLine("Usage: claim PLAYER TREASURE KEY [PROOF] | events COUNT");
        return 2;
}

// Prints the first events of the stream, and ends.
static async Task PrintEventsAsync(int count)
{
    using var feed = new HttpClient { BaseAddress = new Uri(Setting("HUNT_OPERATORS_URL")) };
    feed.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Setting("ADMIN"));
    using var end = new CancellationTokenSource();
    var printed = 0;
    await new EventConsumer(new Uri(Setting("HUNT_RABBITMQ_ANALYTICS_SHOP")), feed, "first", stored =>
    {
        if (++printed > count)
        {
            return;
        }

        Console.WriteLine($"{stored.Sequence} {stored.Type} {stored.Subject}");
        if (printed == count)
        {
            end.Cancel();
        }
    }).RunAsync(end.Token);
}

static string Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
    ? value
    : throw new InvalidOperationException($"{name} is not set.");
