using System.Text.Json;
using BenchmarkDotNet.Attributes;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Micro;

/// <summary>Serialization of a claim for the bus and the caches, and the choice of its queue.</summary>
[MemoryDiagnoser]
public class Codec
{
    private static readonly AcceptedClaim Claim =
        new(Ids.ForClaim("player-1", "goose", "1"), "goose", "player-1", null, new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    private static readonly ClaimView View =
        new(Claim.ClaimId, "goose", "sale", "player-1", Outcomes.Won, null, 7, null, null, Claim.AcceptedAt, Claim.AcceptedAt);

    private static readonly byte[] Stored = VersionedJson.Of(4711, View).ToBytes();

    [Benchmark(Baseline = true)]
    public byte[] OntoTheBus() => JsonSerializer.SerializeToUtf8Bytes(Claim, JsonSerializerOptions.Web);

    [Benchmark]
    public byte[] IntoTheCache() => VersionedJson.Of(4711, View).ToBytes();

    [Benchmark]
    public ClaimView OutOfTheCache() => VersionedValue.Parse(Stored).ToView<ClaimView>();

    [Benchmark]
    public Guid ClaimId() => Ids.ForClaim("player-1", "goose", "1");

    [Benchmark]
    public int Shard() => Ids.ShardOf("a-treasure-with-a-long-name", 16);
}
