using TreasureHunt.Contracts.Events;

namespace TreasureHunt.InvariantChecker.Rules;

/// <summary>
/// Only a claim that was accepted while its hunt was open may win. A pause or an end of the hunt counts from the moment at which it was
/// recorded: the decision on an earlier claim could not consider it.
/// </summary>
public sealed class WindowRule(AuditFindings findings) : IEventRule
{
    private readonly Dictionary<string, OpenTimes> _windows = [];

    public void Observe(FeedEvent entry)
    {
        switch (entry.Event)
        {
            case HuntDrafted drafted:
                _windows[drafted.HuntId] = new OpenTimes { PlannedOpening = drafted.OpensAt, Closes = drafted.ClosesAt };
                break;
            case HuntScheduled scheduled when _windows.TryGetValue(scheduled.HuntId, out var window):
                window.Opens = window.PlannedOpening;
                break;
            case HuntOpened opened when _windows.TryGetValue(opened.HuntId, out var window):
                window.Opens = Earlier(window.Opens, opened.At);
                break;
            case HuntPaused paused when _windows.TryGetValue(paused.HuntId, out var window):
                window.Pauses.Add((Later(paused.At, entry.At), DateTimeOffset.MaxValue));
                break;
            case HuntResumed resumed when _windows.TryGetValue(resumed.HuntId, out var window) && window.Pauses is [.., var last]:
                window.Pauses[^1] = (last.From, resumed.At);
                break;
            case HuntClosed or HuntCancelled when entry.Event is IHuntEvent end && _windows.TryGetValue(end.HuntId, out var window):
                window.Closes = Earlier(window.Closes, Later(end.At, entry.At));
                break;
            case TreasureAwarded awarded when !_windows.TryGetValue(awarded.HuntId, out var window) || !window.IsOpenAt(awarded.AcceptedAt):
                findings.Add(Invariants.Window, $"{awarded.TreasureId}: claim {awarded.ClaimId}, accepted at {awarded.AcceptedAt:O}");
                break;
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private sealed class OpenTimes
    {
        public DateTimeOffset PlannedOpening { get; init; }

        public DateTimeOffset Opens { get; set; } = DateTimeOffset.MaxValue;

        public DateTimeOffset Closes { get; set; }

        public List<(DateTimeOffset From, DateTimeOffset Until)> Pauses { get; } = [];

        public bool IsOpenAt(DateTimeOffset time) =>
            time >= Opens && time < Closes && !Pauses.Exists(pause => time >= pause.From && time < pause.Until);
    }
}
