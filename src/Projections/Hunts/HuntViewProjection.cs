using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Hunts;

/// <summary>The projection of a hunt, from the events of its stream.</summary>
public static class HuntViewProjection
{
    public static HuntView? Evolve(HuntView? view, object @event) => (view, @event) switch
    {
        (null, HuntDrafted e) =>
            new HuntView(e.HuntId, e.Name, new HuntWindow(false, e.OpensAt, e.ClosesAt, [], AnnounceAt: e.AnnounceAt), e.PlayerLimit),
        (not null, IHuntEvent e) => view with { Window = view.Window.Apply(e) },
        _ => view,
    };
}
