using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>Waits for the read models of both Apis.</summary>
public static class ReadModelActions
{
    private static readonly string[] ApiNames = ["api-1", "api-2"];

    /// <summary>Waits until every Api shows a treasure in the expected state.</summary>
    public static async Task WaitForTreasure(this ApiCaller caller, string treasureId, Func<ApiResponse, bool> isExpected)
    {
        foreach (var api in ApiNames)
        {
            await Poll.Until($"{api} shows the treasure", async () => isExpected(await caller.At(api).Get($"/v1/treasures/{treasureId}")));
        }
    }

    /// <summary>Waits until every Api shows the hunt in a status.</summary>
    public static async Task WaitForHunt(this ApiCaller caller, string huntId, string status)
    {
        foreach (var api in ApiNames)
        {
            await Poll.Until(
                $"{api} shows the hunt as {status}",
                async () => await caller.At(api).Get($"/v1/hunts/{huntId}") is { Problem: "200" } hunt && hunt.TextOf("status") == status);
        }
    }
}
