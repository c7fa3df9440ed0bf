using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.InvariantChecker;

namespace TreasureHunt.Specs.Cli;

/// <summary>An event feed as the engine writes it, with the outcomes that the callers got. Specs break it on purpose.</summary>
internal sealed class FabricatedFeed
{
    public const string Hunt = "sale";

    private static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, long> _versions = [];
    private readonly Dictionary<string, long> _positions = [];

    public List<FeedEvent> Entries { get; } = [];

    public List<ClaimObservation> Observations { get; } = [];

    /// <summary>
    /// A hunt that opens at second 0 with a limit of two a player: two geese (one a player), one fox (with a proof), nine hens.
    /// </summary>
    public static FabricatedFeed OfASale() => new FabricatedFeed()
        .Write(-9, StreamNames.Hunt(Hunt), new HuntDrafted(Hunt, At(-9), "Sale", At(60), At(3600), PlayerLimit: 2))
        .Write(-8, StreamNames.Treasure("goose"), new TreasureHidden("goose", Hunt, At(-8), "Goose", 2, 1, null, []))
        .Write(-7, StreamNames.Treasure("fox"), new TreasureHidden(
            "fox", Hunt, At(-7), "Fox", 1, 1, new ProofHash("c2FsdA==", "aGFzaA=="), []))
        .Write(-6, StreamNames.Treasure("hen"), new TreasureHidden("hen", Hunt, At(-6), "Hen", 9, 2, null, []))
        .Write(0, StreamNames.Hunt(Hunt), new HuntOpened(Hunt, At(0)));

    public static DateTimeOffset At(double second) => Start.AddSeconds(second);

    public static Guid ClaimId(string player, string treasure, string key = "key") => Ids.ForClaim(player, treasure, key);

    public static ClaimObservation ObservationOf(
        string player, string treasure, string? outcome, string? reason = null, string key = "key") => new(
        ClaimId(player, treasure, key), player, treasure, ProofRight: true, Accepted: outcome is not null, Refused: false, Unsure: false,
        outcome, reason);

    public FabricatedFeed Award(string player, string treasure, double second, string key = "key")
    {
        Observations.Add(ObservationOf(player, treasure, Outcomes.Won, key: key));
        return AwardUnsent(player, treasure, second, key);
    }

    public FabricatedFeed AwardUnsent(string player, string treasure, double second, string key = "key") => Write(
        second,
        StreamNames.Treasure(treasure),
        new TreasureAwarded(treasure, Hunt, ClaimId(player, treasure, key), player, NextPosition(treasure), At(second), At(second + 0.1)));

    public FabricatedFeed Refuse(string player, string treasure, double second, string reason, string key = "key")
    {
        Observations.Add(ObservationOf(player, treasure, Outcomes.Rejected, reason, key));
        return Write(
            second,
            StreamNames.Refusals(treasure),
            new ClaimRefused(
                treasure, Hunt, ClaimId(player, treasure, key), player, reason, NextPosition(treasure), null, null, At(second),
                At(second + 0.1)));
    }

    private long NextPosition(string treasure) => _positions[treasure] = _positions.GetValueOrDefault(treasure) + 1;

    public FabricatedFeed Revoke(string player, string treasure, double second, string key = "key") => Write(
        second, StreamNames.Treasure(treasure),
        new AwardRevoked(treasure, Hunt, At(second), ClaimId(player, treasure, key), player, "a mistake"));

    public FabricatedFeed Write(double second, string stream, object @event)
    {
        var version = _versions[stream] = _versions.GetValueOrDefault(stream) + 1;
        var id = @event is IClaimEvent claim ? claim.ClaimId : Ids.Fresh();
        Entries.Add(new FeedEvent(Entries.Count + 1, stream, version, EventNames.All[@event.GetType()], id, At(second + 0.1), @event));
        return this;
    }

    public FabricatedFeed ChangeLast(Func<FeedEvent, FeedEvent> change)
    {
        Entries[^1] = change(Entries[^1]);
        return this;
    }

    public FabricatedFeed ChangeLastObservation(Func<ClaimObservation, ClaimObservation> change)
    {
        Observations[^1] = change(Observations[^1]);
        return this;
    }

    public FabricatedFeed Observe(ClaimObservation observation)
    {
        Observations.Add(observation);
        return this;
    }

    public AuditFindings Check()
    {
        var check = new EventChecker(Observations);
        Entries.ForEach(check.Observe);
        return check.Conclude();
    }
}
