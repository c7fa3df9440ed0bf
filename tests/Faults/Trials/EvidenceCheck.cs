using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.History;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Trials;

/// <summary>Collects the evidence of a trial once all claims are decided, and checks it.</summary>
internal sealed class EvidenceCheck(Fault fault, FaultScenario scenario, CallHistory history)
{
    /// <summary>Time for read models and analytics to reach the last event.</summary>
    private static readonly TimeSpan CatchUpTimeout = TimeSpan.FromSeconds(60);

    private static readonly IReadOnlyList<string> Queues =
        [BusNames.AdminQueue, BusNames.ClaimIntakeQueue, .. Enumerable.Range(0, ServerAddresses.ShardCount).Select(BusNames.Shard)];

    public async Task<List<Violation>> Run(AnalyticsStreamReader analytics)
    {
        var violations = new List<Violation>();
        if (await CheckReadModels() is { } difference)
        {
            violations.Add(difference);
        }

        var log = await scenario.ReadEvents();
        var published = await analytics.ReadUpTo(log.Count == 0 ? 0 : log[^1].Sequence, CatchUpTimeout);
        var streams = log.Select(entry => entry.StreamKey).ToHashSet();
        violations.AddRange(Checker.Check(new Evidence
        {
            Calls = history.Calls(),
            Log = log,
            Analytics = [.. published.Where(entry => streams.Contains(entry.Subject))],
            Malformed = [.. scenario.Malformed],
            Doubtful = [.. scenario.MaybeMalformed],
            ErrorQueue = await ConsumeDeadLetters(),
            Secrets = [.. ServerAddresses.PrivateKeys, scenario.Hunt.Proof],
            Output = [.. HuntSet.Hosts.SelectMany(host => scenario.Set.ReadLog(host, 500))],
            Deadline = RecordingClaimsClient.Deadline,
            ReadDeadline = RecordingClaimsClient.ReadDeadline,
            MarksLost = fault.LosesPendingMarks,
        }));
        return violations;
    }

    private async Task<Violation?> CheckReadModels()
    {
        try
        {
            await Poll.Until(
                "every read model equals the events", async () => await scenario.Audit() is { Hunts: [{ Clean: true }] }, CatchUpTimeout);
            return null;
        }
        catch (TimeoutException)
        {
            var audit = await scenario.Audit();
            return new Violation(
                9, "readModelsDiffer", audit is null ? "the audit does not answer" : $"{audit.Hunts[0]}", null, scenario.Hunt.HuntId);
        }
    }

    private static async Task<List<string>> ConsumeDeadLetters()
    {
        var deadLetters = new List<string>();
        foreach (var queue in Queues.SelectMany(queue => new[] { $"{queue}_error", $"{queue}_skipped" }))
        {
            deadLetters.AddRange(await QueueReader.ConsumeAll(queue));
        }

        return deadLetters;
    }
}
