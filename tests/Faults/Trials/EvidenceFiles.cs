using TreasureHunt.Faults.History;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Trials;

/// <summary>Files about a trial that broke a promise.</summary>
internal static class EvidenceFiles
{
    private const int LogLines = 2000;

    public static async Task Write(string folder, TrialResult result, FaultScenario scenario, CallHistory history)
    {
        Directory.CreateDirectory(folder);
        history.Write(Path.Combine(folder, "calls.ndjson"));
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "violations.txt"), [result.ToString(), .. result.Violations.Select(violation => violation.ToString())]);
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "events.txt"), (await scenario.ReadEvents()).Select(entry => entry.ToString()));
        foreach (var host in HuntSet.Hosts)
        {
            await File.WriteAllLinesAsync(Path.Combine(folder, $"{host}.log"), scenario.Set.ReadLog(host, LogLines));
        }

        var claimIds = result.Violations.Select(violation => violation.ClaimId).OfType<Guid>().Distinct();
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "claims.txt"),
            claimIds.Select(id => $"{id}\n{string.Join('\n', history.Calls().Where(call => call.ClaimId == id))}"));
    }
}
