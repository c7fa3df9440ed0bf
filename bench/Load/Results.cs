using System.Text.Json;
using System.Text.Json.Serialization;

namespace TreasureHunt.Load;

/// <summary>Everything that was measured of one system.</summary>
/// <param name="Capacity">As fast as it goes: each scenario, each repeat.</param>
/// <param name="Latency">One caller alone, and 1,000 claims/s offered.</param>
/// <param name="Curve">Offered load against what came of it.</param>
public sealed record SystemResults(
    string System,
    IReadOnlyList<Measured> Capacity,
    IReadOnlyList<Measured> Latency,
    IReadOnlyList<Measured> Curve,
    IReadOnlyList<Measured> Story,
    IReadOnlyDictionary<string, double> BytesPerClaim)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Measurements in which no request got an answer that is no failure.</summary>
    [JsonIgnore]
    public IEnumerable<string> Silent =>
        Capacity.Concat(Latency).Concat(Curve).Concat(Story).Where(run => run.Answers == 0).Select(run => run.Scenario).Concat(
            NothingDecided ? ["bytes"] : []).Distinct();

    /// <summary>Whether the bytes of claims were to be measured, and no claim was decided: then they are those of nothing.</summary>
    [JsonIgnore]
    public bool NothingDecided { get; init; }

    public static async Task<SystemResults?> ReadAsync(string folder, string system)
    {
        var file = Path.Combine(folder, $"{system}.json");
        return File.Exists(file) ? JsonSerializer.Deserialize<SystemResults>(await File.ReadAllTextAsync(file), Json) : null;
    }

    public async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{System}.json"), JsonSerializer.Serialize(this, Json));
    }
}

/// <summary>One run of one scenario.</summary>
/// <param name="Offered">Requests a second that were due; null when callers went as fast as they could.</param>
/// <param name="Outcomes">Claims a second whose callers were told <c>won</c> or <c>rejected</c>.</param>
/// <param name="Answers">Requests a second that got an answer which is no failure (<see cref="HttpReply.Failed"/>).</param>
/// <param name="DoubleWinners">Claims that were told to have won beyond the stock.</param>
/// <param name="CpuPerAnswer">Microseconds of processor time by process.</param>
public sealed record Measured(
    string Scenario,
    double? Offered,
    double Seconds,
    double Outcomes,
    double Answers,
    long DoubleWinners,
    IReadOnlyDictionary<string, long> Statuses,
    LatencySummary Claims,
    LatencySummary Reads,
    LatencySummary Failures,
    IReadOnlyDictionary<string, double> CpuPerAnswer)
{
    public static Measured Of(
        Scenario scenario, double? offered, CallTally tally, long doubleWinners, IReadOnlyDictionary<string, double> cpu)
    {
        var answers = tally.Claims.Count + tally.Reads.Count;
        return new Measured(
            scenario.Name,
            offered,
            tally.Duration.TotalSeconds,
            (tally.Won + tally.Rejected) / tally.Duration.TotalSeconds,
            answers / tally.Duration.TotalSeconds,
            doubleWinners,
            tally.Statuses.ToDictionary(status => status.Key == 0 ? "no answer" : $"{status.Key}", status => status.Value),
            tally.Claims,
            tally.Reads,
            tally.Failures,
            cpu.ToDictionary(process => process.Key, process => process.Value / Math.Max(1, answers)));
    }

    /// <summary>
    /// What counts: outcomes a second; answers where nobody was told any, or where most need none, such as refusals at the door.
    /// </summary>
    public double PerSecond => Outcomes == 0 || Scenario is "sold-out" or "one-small" or "mix" or "accept" ? Answers : Outcomes;

    /// <summary>Answers that refuse because the service cannot, or none (<see cref="HttpReply.Failed"/>).</summary>
    public double FailedShare => (double)Failures.Count / Math.Max(1, Statuses.Values.Sum());
}
