using System.Text.Json;
using TreasureHunt.Faults.Servers;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>Compares the read models of an engine with its event store.</summary>
public static class EngineAudit
{
    /// <summary>Returns the live generation of a read model.</summary>
    public static Task<int> LiveGeneration(this Engine engine, string readModel) =>
        engine.EventStore.Value<int>($"select live from {engine.Schema}.generations where read_model = '{readModel}'");

    /// <summary>Returns the keys of the live generation of a read model.</summary>
    public static async Task<GenerationKeys> LiveKeys(this Engine engine, string readModel) =>
        new ReadModelKeys(engine.Prefix).OfGeneration(readModel, await engine.LiveGeneration(readModel));

    /// <summary>
    /// Waits until the read models contain all events of a hunt, asserts that its audit finds no violation, and returns the report.
    /// </summary>
    public static async Task<JsonElement> AssertCleanAudit(this Engine engine, string huntId, string projections = "projections-1")
    {
        var admin = engine.Admin(projections);
        var report = JsonDocument.Parse("{}").RootElement;
        try
        {
            await Poll.Until("every read model equals the event store", async () =>
            {
                var answer = await admin.Get($"/admin/audit?huntId={huntId}");
                // The audit fails when a cache does not respond in time.
                if (answer.Problem != "200")
                {
                    return false;
                }

                report = answer["hunts"][0];
                return report.GetProperty("readModelDifferences").GetInt32() == 0;
            });
        }
        catch (TimeoutException exception)
        {
            Assert.Fail($"{exception.Message}\n{report}");
        }

        foreach (var violation in (string[])["doubleWinners", "overStock", "limitViolations", "duplicateOutcomes", "versionHoles"])
        {
            Assert.True(report.GetProperty(violation).GetInt32() == 0, $"{violation}: {report}");
        }

        return report;
    }
}
