using BenchmarkDotNet.Attributes;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.Micro;

/// <summary>The domain: one claim, one event, and a transaction of a thousand claims.</summary>
[MemoryDiagnoser]
public class Deciding
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly Hunt Open = new("hunt-h", new HuntWindow(true, Noon.AddHours(-1), Noon.AddHours(1), []), null);
    private static readonly Treasure Full = new("treasure-t", "h", 1_000_000, 0, 0, 1, null, false, null);
    private static readonly Treasure Gone = Full with { Stock = 0, LastAward = new LastAward(1, Noon) };
    private static readonly AcceptedClaim Claim = Of(1);
    private static readonly AcceptedClaim[] Thousand = [.. Enumerable.Range(0, 1_000).Select(Of)];
    private static readonly TreasureAwarded Award = new("t", "h", Claim.ClaimId, "player", 1, Noon, Noon);

    [Benchmark(Baseline = true)]
    public IClaimEvent Win() => ClaimDecider.Decide(Full, Open, default, 1, Claim, Noon);

    [Benchmark]
    public IClaimEvent Lose() => ClaimDecider.Decide(Gone, Open, default, 2, Claim, Noon);

    [Benchmark]
    public Treasure? Evolve() => Treasure.Evolve(Full, Award);

    [Benchmark]
    public int Transaction() =>
        new ClaimBatch(new() { ["t"] = new TreasureDecisionState(Full, Open, 0) }, new QuotaReservations(), [], (_, _) => 0).Decide(
            Thousand, Noon).Count;

    private static AcceptedClaim Of(int n) => new(Ids.ForClaim($"player-{n}", "t", "1"), "t", $"player-{n}", null, Noon);
}
