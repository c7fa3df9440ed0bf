using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Specs.Cli;

/// <summary>A log as an engine would write it, and what the callers of its claims were told, to be broken with intent.</summary>
internal sealed class FabricatedLog
{
    public const string Hunt = "sale";

    private static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, long> _versions = [];
    private readonly Dictionary<string, long> _positions = [];

    public List<FeedEvent> Entries { get; } = [];

    public List<Promise> Promises { get; } = [];

    /// <summary>
    /// A hunt that opens at second 0, in which a player may have two, with two geese (one a player) and one fox (with a proof).
    /// </summary>
    public static FabricatedLog OfASale() => new FabricatedLog()
        .Write(-9, StreamNames.Hunt(Hunt), new HuntDrafted(Hunt, At(-9), "Sale", At(60), At(3600), PlayerLimit: 2))
        .Write(-8, StreamNames.Treasure("goose"), new TreasureHidden("goose", Hunt, At(-8), "Goose", 2, 1, null, []))
        .Write(-7, StreamNames.Treasure("fox"), new TreasureHidden(
            "fox", Hunt, At(-7), "Fox", 1, 1, new ProofHash("c2FsdA==", "aGFzaA=="), []))
        .Write(-6, StreamNames.Treasure("hen"), new TreasureHidden("hen", Hunt, At(-6), "Hen", 9, 2, null, []))
        .Write(0, StreamNames.Hunt(Hunt), new HuntOpened(Hunt, At(0)));

    public static DateTimeOffset At(double second) => Start.AddSeconds(second);

    public static Guid ClaimId(string player, string treasure, string key = "key") => Ids.ForClaim(player, treasure, key);

    public static Promise Told(string player, string treasure, string? outcome, string? reason = null, string key = "key") => new(
        ClaimId(player, treasure, key), player, treasure, ProofRight: true, Accepted: outcome is not null, Refused: false, Unsure: false,
        outcome, reason);

    public FabricatedLog Award(string player, string treasure, double second, string key = "key")
    {
        Promises.Add(Told(player, treasure, Outcomes.Won, key: key));
        return AwardUnsent(player, treasure, second, key);
    }

    public FabricatedLog AwardUnsent(string player, string treasure, double second, string key = "key") => Write(
        second,
        StreamNames.Treasure(treasure),
        new TreasureAwarded(treasure, Hunt, ClaimId(player, treasure, key), player, NextPosition(treasure), At(second), At(second + 0.1)));

    public FabricatedLog Refuse(string player, string treasure, double second, string reason, string key = "key")
    {
        Promises.Add(Told(player, treasure, Outcomes.Rejected, reason, key));
        return Write(
            second,
            StreamNames.Refusals(treasure),
            new ClaimRefused(
                treasure, Hunt, ClaimId(player, treasure, key), player, reason, NextPosition(treasure), null, null, At(second),
                At(second + 0.1)));
    }

    private long NextPosition(string treasure) => _positions[treasure] = _positions.GetValueOrDefault(treasure) + 1;

    public FabricatedLog Revoke(string player, string treasure, double second, string key = "key") => Write(
        second, StreamNames.Treasure(treasure),
        new AwardRevoked(treasure, Hunt, At(second), ClaimId(player, treasure, key), player, "a mistake"));

    public FabricatedLog Write(double second, string stream, object @event)
    {
        var version = _versions[stream] = _versions.GetValueOrDefault(stream) + 1;
        var id = @event is IClaimEvent claim ? claim.ClaimId : Ids.Fresh();
        Entries.Add(new FeedEvent(Entries.Count + 1, stream, version, EventNames.All[@event.GetType()], id, At(second + 0.1), @event));
        return this;
    }

    public FabricatedLog ChangeLast(Func<FeedEvent, FeedEvent> change)
    {
        Entries[^1] = change(Entries[^1]);
        return this;
    }

    public FabricatedLog ChangeLastPromise(Func<Promise, Promise> change)
    {
        Promises[^1] = change(Promises[^1]);
        return this;
    }

    public FabricatedLog Promise(Promise promise)
    {
        Promises.Add(promise);
        return this;
    }

    public AuditFindings Check()
    {
        var check = new InvariantChecker(Promises);
        Entries.ForEach(check.Observe);
        return check.Conclude();
    }
}
