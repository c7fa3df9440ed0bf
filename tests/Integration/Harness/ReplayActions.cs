using System.Text.Json;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>Replays of read models.</summary>
internal static class ReplayActions
{
    /// <summary>Requests a replay, after other replays of the read model, and waits for its end.</summary>
    public static async Task<JsonElement> RunReplay(this ApiCaller admin, object request) =>
        (await admin.WaitForReplay((await admin.RequestReplay(request)).Id)).Json;

    public static Task<ApiResponse> RequestReplay(this ApiCaller admin, object request) => Poll.For("the replay is accepted", async () =>
        await admin.Post("/admin/replays", request) is { Problem: "202" } accepted ? accepted : null);

    public static Task<ApiResponse> WaitForReplay(this ApiCaller admin, string replayId) => Poll.For("the replay ends", async () =>
        await admin.Get($"/admin/replays/{replayId}") is { Problem: "200" } replay && replay["finishedAt"].ValueKind == JsonValueKind.String
            ? replay : null);

    /// <summary>Returns the live and the previous generation of a read model.</summary>
    public static async Task<(int Live, int? Previous)> ReadGenerations(this ApiCaller admin, string readModel)
    {
        var generation = (await admin.Get("/admin/generations")).Json.EnumerateArray().Single(
            one => one.GetProperty("readModel").GetString() == readModel);
        return (
            generation.GetProperty("live").GetInt32(),
            generation.GetProperty("previous") is { ValueKind: JsonValueKind.Number } previous ? previous.GetInt32() : null);
    }
}
