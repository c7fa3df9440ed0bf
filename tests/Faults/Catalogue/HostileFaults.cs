using System.Globalization;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;
using TreasureHunt.Load;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Callers and senders who mean harm, beside honest ones.</summary>
internal static class HostileFaults
{
    /// <summary>Honest claims a second.</summary>
    private const double Claims = 1_000;

    /// <summary>Share of them that must be answered: the last ones of a run may come late.</summary>
    private const double HonestAnswered = 0.9;

    /// <summary>More than are ever under way.</summary>
    private const int Callers = 2_000;

    /// <summary>
    /// Hostile requests a second. About one in ten is cut short and gets no answer, so that a little more than the 200,000 in ten minutes
    /// that are due are answered.
    /// </summary>
    private const double Requests = 400;
    private const double RequestsDue = 200_000;

    /// <summary>
    /// Messages a second. A tenth is tried with the rights of the wrong user; the others are a little more than the 20,000 in ten minutes
    /// that are due.
    /// </summary>
    private const double Messages = 40;
    private const double MessagesDue = 20_000;

    private const int Senders = 128;

    /// <summary>Calls a second of the other callers of a greedy one, half of them reads.</summary>
    private const double OthersRate = 400;

    /// <summary>Connections that the greedy one must have open all the time, at the least: fewer are not greedy.</summary>
    private const int GreedyOpen = 100;

    /// <summary>Share of the others' calls that must be served.</summary>
    private const double OthersServed = 0.95;

    /// <summary>Beside twice their latency: a millisecond more or less is the machine's.</summary>
    private const double SlackMs = 5;

    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(20);

    /// <summary>Seconds until an honest claim is decided, at the most.</summary>
    private const double DecidedWithin = 5;

    /// <summary>Messages in all queues when it is over: what the crowd has under way.</summary>
    private const int Remain = 200;

    /// <summary>Hosts that have just started grow; from this length on it is told from growth without an end.</summary>
    private static readonly TimeSpan Grows = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(15);

    public static readonly IReadOnlyList<Fault> All =
    [
        new(34, "hostile-input", "every honest claim decided within 5 s; no 5xx; dead letters exactly the malformed messages; nothing grows")
        {
            Holds = TimeSpan.Zero,
            ShortHolds = TimeSpan.Zero,
            OnlyByName = true,
            Alone = true,
            TakesLength = true,
            Pauses = 20,
            Prepare = async scene =>
            {
                var rush = scene.Keep(
                    await Rush.Prepare(scene.Desk, scene.Tokens, scene.Time, repeatFor: TimeSpan.FromSeconds(DecidedWithin)));
                // Hosts that have just started are slow, and this is not about them.
                await rush.At(Claims / 2, Callers, Measuring, wait: 10);
                await rush.At(Claims, Callers, Measuring, wait: 10);
            },
            Fire = async scene =>
            {
                var rush = scene.Kept.OfType<Rush>().Single();
                var length = scene.Length ?? (scene.IsShort ? Short : Usual);
                using var end = new CancellationTokenSource();
                var requests = Hostile(scene, rush);
                var (calling, sending, memory) = (requests.Run(end.Token), Send(scene, rush, end.Token), Growth.Watch(
                    scene.Set, end.Token));
                var honest = await rush.At(Claims, Callers, length, wait: 10);
                await end.CancelAsync();
                await calling;
                var (messages, refused) = await sending;
                scene.Found.AddRange(
                    [.. JudgeHonest(honest, length), .. JudgeHostile(
                        requests.Answered, requests.ServerErrors, messages, length),
                        .. length < Grows ? [] : Growth.Judge(await memory, "hostileInput")]);
                await Until.True("the queues are empty", async () => await scene.Broker.Waiting(deadLetters: false) <= Remain);
                await Until.True("the audit of the honest hunt is clean", async () =>
                    await scene.Desk.TryGetAsync<AuditResponse>(
                        $"/admin/audit?huntId={rush.HuntId}", CancellationToken.None) is { Hunts: [{ Clean: true }] });
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"seed {scene.Seed}: {requests.Answered:N0} requests answered ({Line(requests.Statuses)}), {messages:N0} messages, {refused:N0} more refused by the broker; {honest.Claims.Count:N0} honest claims p50 {honest.Claims.P50:0} p99 {honest.Claims.P99:0} most {honest.Claims.Max:0} ms ({Line(honest.Statuses)}), {honest.Repeated:N0} tries turned away and sent again");
            },
        },
        GreedySourceFault(),
    ];

    private static Fault GreedySourceFault()
    {
        // Found out on the idle set, before anybody else calls.
        var before = new CallTally(0);
        return new(35, "greedy-source", "one address with thousands of connections leaves other callers at their latency")
        {
            Holds = TimeSpan.Zero,
            Alone = true,
            Pauses = 20,
            Prepare = async scene =>
            {
                var rush = scene.Keep(await Rush.Prepare(scene.Desk, scene.Tokens, scene.Time, reads: 0.5));
                await rush.At(OthersRate, Callers, Measuring, wait: 10);
                before = await rush.At(OthersRate, Callers, Measuring, wait: 10);
            },
            Fire = async scene =>
            {
                var rush = scene.Kept.OfType<Rush>().Single();
                var greedy = scene.Keep(
                    await GreedySource.Start(scene.Tokens, scene.Stage.HuntId, scene.Stage.Treasures[^1], scene.Time.GetUtcNow()));
                var open = greedy.Open;
                var others = await rush.At(OthersRate, Callers, Measuring, wait: 10);
                open = Math.Min(open, greedy.Open);
                scene.Found.AddRange(JudgeGreedy(open, others, before));
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"7,300 connections tried from one address, {open:N0} open; others: reads p99 {others.Reads.P99:0} ms ({before.Reads.P99:0} without), claims p99 {others.Claims.P99:0} ms ({before.Claims.P99:0} without), {Line(others.Statuses)}");
            },
        };
    }

    /// <param name="open">Connections that the greedy one had open.</param>
    internal static IEnumerable<Violation> JudgeGreedy(int open, CallTally others, CallTally before)
    {
        if (open < GreedyOpen)
        {
            yield return new Violation(0, "notFired", $"the greedy one had {open} connections open, and must have {GreedyOpen}");
        }

        var served = others.Statuses.Where(status => status.Key is 200 or 202).Sum(status => status.Value);
        if (served < OthersServed * others.Statuses.Values.Sum())
        {
            yield return new Violation(13, "greedySource", $"others were not served: {Line(others.Statuses)}");
        }

        foreach (var violation in Judge("reads", others.Reads, before.Reads).Concat(Judge("claims", others.Claims, before.Claims)))
        {
            yield return violation;
        }
    }

    private static IEnumerable<Violation> Judge(string what, LatencySummary now, LatencySummary before)
    {
        if (now.Count == 0 || before.Count == 0)
        {
            yield return new Violation(
                0, "notFired",
                $"{now.Count} of others' {what} were answered, {before.Count} without the greedy one: there must be some of each");
        }

        if (now.P99 > (2 * before.P99) + SlackMs)
        {
            yield return new Violation(13, "greedySource", $"p99 of others' {what} {now.P99:0} ms, {before.P99:0} ms without");
        }
    }

    private static HostileCallers Hostile(FaultScenario scene, Rush rush)
    {
        var token = scene.Tokens.Player("hostile");
        var generators =
            Enumerable.Range(0, Senders).Select(
                sender => new HostileRequests(new Random(unchecked((scene.Seed * 31) + sender)), token, rush.HuntId, rush.TreasureIds))
                    .ToList();
        return new HostileCallers(sender => generators[sender].Next(), Senders, Requests);
    }

    // Each with the rights of the one who may send there. What a user may not do is tried as well: nothing of it may arrive.
    private static async Task<(int Sent, int Refused)> Send(FaultScenario scene, Rush rush, CancellationToken end)
    {
        var dice = new Random(scene.Seed);
        var messages = new HostileMessages(dice, scene.Time.GetUtcNow(), rush.TreasureIds);
        var outcomes = await scene.Broker.Exchanges("api-outcomes-");
        await using var storefront = await BrokerUser.Connect("storefront-shop");
        await using var analytics = await BrokerUser.Connect("analytics-shop");
        await using var api = await BrokerUser.Connect("api");
        await using var worker = await BrokerUser.Connect("worker");
        var (sent, refused) = (0, 0);
        for (var start = scene.Time.GetTimestamp(); !end.IsCancellationRequested;)
        {
            var early = TimeSpan.FromSeconds((sent + refused) / Messages) - scene.Time.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            var (user, message, mayWrite) = dice.Next(20) switch
            {
                < 9 => (storefront, messages.OfStorefront(), true),
                < 13 => (api, messages.OfShard(dice.Next(ServerAddresses.Shards)), true),
                < 16 => (api, messages.OfAdministration(), true),
                < 18 => (worker, messages.OfWorker(outcomes[dice.Next(outcomes.Count)]), true),
                18 => (storefront, dice.Next(4) switch
                {
                    0 => messages.OfShard(0),
                    1 => messages.OfAdministration(),
                    2 =>
                    messages.OfProjections(),
                    _ => messages.OfWorker(outcomes[0])
                }, false),
                _ => (dice.Next(2) == 0 ? analytics : api, messages.OfProjections(), false),
            };
            if (!mayWrite && !BrokerUser.HaveRoles)
            {
                continue;
            }

            // Before it is sent: whether a message that is not confirmed has arrived, nobody knows.
            if (mayWrite)
            {
                (message.Fate switch { Fate.DeadLetter => scene.Malformed, Fate.Either => scene.Doubtful, _ => [] }).Enqueue(message.Text);
            }

            var taken = await user.Publish(message);
            sent += taken ? 1 : 0;
            refused += taken ? 0 : 1;
            if (taken != mayWrite)
            {
                scene.Found.Add(
                    new Violation(
                        taken ? 14 : 0, "brokerRights",
                        $"a message for {message.Exchange} was {(taken ? "taken from a user who may not write there" : "refused")}"));
            }
        }

        return (sent, refused);
    }

    internal static IEnumerable<Violation> JudgeHonest(CallTally honest, TimeSpan length)
    {
        if (honest.Claims.Count < HonestAnswered * Claims * length.TotalSeconds)
        {
            yield return new Violation(0, "notFired", $"{honest.Claims.Count} honest claims are too few for {length.TotalMinutes} minutes");
        }

        if (honest.Statuses.Keys.Any(status => status != 200))
        {
            yield return new Violation(1, "hostileInput", $"not every honest claim was decided: {Line(honest.Statuses)}");
        }

        if (honest.Claims.Max > 1000 * DecidedWithin)
        {
            yield return new Violation(13, "hostileInput", $"an honest claim took {honest.Claims.Max:0} ms");
        }
    }

    internal static IEnumerable<Violation> JudgeHostile(long answered, IEnumerable<string> serverErrors, int messages, TimeSpan length)
    {
        foreach (var error in serverErrors)
        {
            yield return new Violation(12, "serverError", error);
        }

        if (answered < RequestsDue * (length / Usual) || messages < MessagesDue * (length / Usual))
        {
            yield return new Violation(
                0, "notFired", $"{answered} answered requests and {messages} messages are too few for {length.TotalMinutes} minutes");
        }
    }

    private static string Line<TCount>(IEnumerable<KeyValuePair<int, TCount>> statuses) =>
        string.Join(' ', statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}"));
}
