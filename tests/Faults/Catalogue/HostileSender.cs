using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>
/// Publishes hostile messages to each exchange, most of them as a broker user that may write to it. The others must be rejected.
/// </summary>
internal sealed class HostileSender(FaultScenario scenario, IReadOnlyList<string> treasureIds, int seed)
{
    /// <summary>
    /// Messages a second. A tenth comes from a user without the right; the others are a little more than
    /// <see cref="HostileInputCheck.MinMessages"/>.
    /// </summary>
    private const double MessageRate = 40;

    private readonly Random _random = new(seed);

    /// <summary>Messages that the broker accepted.</summary>
    public int Accepted { get; private set; }

    /// <summary>Messages that the broker rejected.</summary>
    public int Rejected { get; private set; }

    /// <summary>Publishes until cancellation.</summary>
    public async Task Run(CancellationToken end)
    {
        var messages = new HostileMessages(_random, scenario.TimeProvider.GetUtcNow(), treasureIds);
        var outcomeExchanges = await scenario.Broker.ListExchanges("api-outcomes-");
        await using var storefront = await BrokerUser.Connect("storefront-shop");
        await using var analytics = await BrokerUser.Connect("analytics-shop");
        await using var api = await BrokerUser.Connect("api");
        await using var worker = await BrokerUser.Connect("worker");
        for (var start = scenario.TimeProvider.GetTimestamp(); !end.IsCancellationRequested;)
        {
            await WaitForRate(start, end);
            var (user, message, mayWrite) = _random.Next(20) switch
            {
                < 9 => (storefront, messages.NextStorefrontClaim(), true),
                < 13 => (api, messages.NextShardMessage(_random.Next(ServerAddresses.ShardCount)), true),
                < 16 => (api, messages.NextAdminCommand(), true),
                < 18 => (worker, messages.NextWorkerReply(outcomeExchanges[_random.Next(outcomeExchanges.Count)]), true),
                18 => (storefront, NextForOtherUsers(messages, outcomeExchanges[0]), false),
                _ => (_random.Next(2) == 0 ? analytics : api, messages.NextAnalyticsEvent(), false),
            };
            if (mayWrite || BrokerUser.AreConfigured)
            {
                await Publish(user, message, mayWrite);
            }
        }
    }

    private async Task WaitForRate(long start, CancellationToken end)
    {
        var early = TimeSpan.FromSeconds((Accepted + Rejected) / MessageRate) - scenario.TimeProvider.GetElapsedTime(start);
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private HostileMessage NextForOtherUsers(HostileMessages messages, string outcomeExchange) => _random.Next(4) switch
    {
        0 => messages.NextShardMessage(0),
        1 => messages.NextAdminCommand(),
        2 => messages.NextAnalyticsEvent(),
        _ => messages.NextWorkerReply(outcomeExchange),
    };

    private async Task Publish(BrokerUser user, HostileMessage message, bool mayWrite)
    {
        // Recorded before it is sent: a message without a confirm may have arrived.
        if (mayWrite && message.Expected == ExpectedHandling.DeadLetter)
        {
            scenario.Malformed.Enqueue(message.Text);
        }
        else if (mayWrite && message.Expected == ExpectedHandling.MaybeDeadLetter)
        {
            scenario.MaybeMalformed.Enqueue(message.Text);
        }

        var isAccepted = await user.Publish(message);
        Accepted += isAccepted ? 1 : 0;
        Rejected += isAccepted ? 0 : 1;
        if (isAccepted != mayWrite)
        {
            var result = isAccepted ? "accepted from a user without the right to write" : "rejected";
            scenario.Violations.Add(
                new Violation(isAccepted ? 14 : 0, "brokerPermissions", $"a message to {message.Exchange} was {result}"));
        }
    }
}
