using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TreasureHunt.LoadGenerator.Load;

namespace TreasureHunt.Load;

/// <summary>All measurements of one system.</summary>
/// <param name="Capacity">The highest rates: each scenario, each repeat.</param>
/// <param name="Latency">One caller alone, and 1,000 claims/s offered.</param>
/// <param name="Curve">Rates of offered claims, and the results.</param>
/// <param name="Cold">The first seconds of the set; null when they were not measured, and in results of older builds.</param>
public sealed record SystemResults(
    string System,
    IReadOnlyList<MeasuredRun> Capacity,
    IReadOnlyList<MeasuredRun> Latency,
    IReadOnlyList<MeasuredRun> Curve,
    IReadOnlyList<MeasuredRun> Overload,
    IReadOnlyDictionary<string, double> BytesPerClaim,
    ColdStart? Cold = null)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Admitted and refused claims, see <see cref="AdmissionRuns"/>; none in results of older builds.</summary>
    public IReadOnlyList<MeasuredRun> Admission { get; init; } = [];

    /// <summary>The duels of two players; null when they were not measured, and in results of older builds.</summary>
    public DuelResults? Duels { get; init; }

    /// <summary>Measurements in which every request failed.</summary>
    [JsonIgnore]
    public IEnumerable<string> Silent =>
        Capacity.Concat(Latency).Concat(Curve).Concat(Overload).Concat(Admission).Where(run => run.Answers == 0)
            .Select(run => run.Scenario).Concat(NothingDecided ? ["bytes"] : []).Distinct();

    /// <summary>Whether no claim was decided while the bytes of claims were measured. Then there is no measurement.</summary>
    [JsonIgnore]
    public bool NothingDecided { get; init; }

    public static async Task<SystemResults?> ReadAsync(string folder, string system)
    {
        var file = Path.Combine(folder, $"{system}.json");
        return File.Exists(file) ? Parse(await File.ReadAllTextAsync(file)) : null;
    }

    /// <summary>Parses the results of one system. Older results call the overload "story".</summary>
    public static SystemResults? Parse(string json)
    {
        var results = JsonNode.Parse(json)!.AsObject();
        if (results.Remove("story", out var overload))
        {
            results["overload"] = overload;
        }

        return results.Deserialize<SystemResults>(Json);
    }

    public async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{System}.json"), JsonSerializer.Serialize(this, Json));
    }
}
