using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.History;
using TreasureHunt.Specs.Cli;

namespace TreasureHunt.Specs.Faults;

/// <summary>The calls and events of a run. Specs break them on purpose. Each player is a client; times are in seconds.</summary>
internal sealed class FabricatedRun
{
    private readonly List<Call> _calls = [];
    private readonly List<string> _clients = [];

    /// <summary>The hunt of <see cref="FabricatedFeed"/>: two geese (one a player), one fox and nine hens.</summary>
    public static FabricatedRun OfASale() => new();

    public FabricatedFeed Feed { get; } = FabricatedFeed.OfASale();

    public Evidence Evidence => new()
    {
        Calls = _calls,
        Log = Feed.Entries,
        Analytics = [.. Feed.Entries.Select(entry => new PublishedEvent(entry.Id, entry.StreamKey, entry.Sequence))],
        Deadline = TimeSpan.FromSeconds(5),
    };

    public long LastSequence => Feed.Entries[^1].Sequence;

    public FabricatedRun Wins(string player, string treasure, double sent, double responded)
    {
        Feed.AwardUnsent(player, treasure, sent);
        return GetsOutcome(player, treasure, sent, responded, Outcomes.Won);
    }

    public FabricatedRun Loses(string player, string treasure, double sent, double responded, string reason = Reasons.TreasureExhausted)
    {
        Feed.Refuse(player, treasure, sent, reason);
        return GetsOutcome(player, treasure, sent, responded, Outcomes.Rejected, reason);
    }

    public FabricatedRun GetsOutcome(
        string player, string treasure, double sent, double responded, string outcome, string? reason = null) =>
        Claims(player, treasure, sent, responded, 200, ClaimBody(player, treasure, outcome, reason));

    public FabricatedRun IsAccepted(string player, string treasure, double sent, double responded) =>
        Claims(player, treasure, sent, responded, 202, ClaimBody(player, treasure, Outcomes.Pending, null));

    public FabricatedRun IsRefusedByApi(
        string player, string treasure, double sent, double responded, string problem = Reasons.TreasureExhausted) =>
        Claims(player, treasure, sent, responded, 409, ProblemBody(problem));

    public FabricatedRun Claims(string player, string treasure, double sent, double ended, int status = 0, string body = "") =>
        Call(player, CallKind.Claim, treasure, sent, ended, status, body: body, claimId: FabricatedFeed.ClaimId(player, treasure));

    public FabricatedRun Polls(string player, string treasure, double at, string outcome, string? reason = null, long sequence = 0)
    {
        var claimId = FabricatedFeed.ClaimId(player, treasure);
        return Call(
            player, CallKind.Outcome, claimId.ToString(), at, at + 0.1, 200, sequence, ClaimBody(player, treasure, outcome, reason),
            claimId);
    }

    /// <summary>Reads a treasure at the current end of the feed.</summary>
    public FabricatedRun Reads(
        string player, string treasure, double at, int awarded, int stock, string state = "available", long? sequence = null) =>
        Call(player, CallKind.Treasure, treasure, at, at + 0.1, 200, sequence
            ?? LastSequence, TreasureBody(treasure, awarded, stock, state));

    public FabricatedRun Call(
        string player, CallKind kind, string resource, double sent, double ended, int status, long? sequence = null, string body = "",
        Guid? claimId = null)
    {
        if (!_clients.Contains(player))
        {
            _clients.Add(player);
        }

        var sentCall = new StartedCall(
            _calls.Count + 1, _clients.IndexOf(player), kind, resource, player, claimId, TimeSpan.FromSeconds(sent));
        _calls.Add(
            TreasureHunt.Faults.History.Call.Of(
                sentCall, TimeSpan.FromSeconds(ended), status, sequence?.ToString(CultureInfo.InvariantCulture), body));
        return this;
    }

    public FabricatedRun Write(string stream, object @event)
    {
        Feed.Write(1, stream, @event);
        return this;
    }

    public FabricatedRun Restock(string treasure, int units) =>
        Write(StreamNames.Treasure(treasure), new TreasureRestocked(treasure, FabricatedFeed.At(1), units));

    public IReadOnlyList<Violation> Check() => Checker.Check(Evidence);

    public static string ClaimBody(string player, string treasure, string outcome, string? reason) =>
        $$"""{"claimId":"{{FabricatedFeed.ClaimId(player, treasure)}}","treasureId":"{{treasure}}","playerId":"{{player}}","outcome":"{{outcome}}","reason":{{(reason is null ? "null" : $"\"{reason}\"")}}}""";

    public static string ProblemBody(string problem) => $$"""{"type":"urn:treasure-hunt:problem:{{problem}}","title":"No.","status":409}""";

    public static string TreasureBody(string treasure, int awarded, int stock, string state) =>
        $$"""{"treasureId":"{{treasure}}","huntId":"sale","name":"Goose","status":"{{state}}","stock":{{stock}},"awarded":{{awarded}},"remaining":{{stock - awarded}},"perPlayer":1,"proofRequired":false,"clues":[]}""";
}
