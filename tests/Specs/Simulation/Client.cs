using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Specs.Simulation;

/// <summary>A player, and the door through which its claims go: it sends each until it is confirmed, always with the same key.</summary>
internal sealed class Client(string player, Schedule schedule, SimulatedQueue bus, SimulationPromises promises)
{
    /// <summary>Keys of which a player draws one: now and then the same one twice.</summary>
    private const int Keys = 4;

    // What counts is the time on the clock of the door.
    private readonly TimeSpan _skew = schedule.Skew();

    /// <summary>Claims some time within the next <paramref name="milliseconds"/>.</summary>
    public void Claim(string treasure, int milliseconds)
    {
        var key = $"key-{schedule.Any(Keys)}";
        schedule.Within(milliseconds, () => Send(treasure, key));
    }

    private void Send(string treasure, string key)
    {
        var claim = new AcceptedClaim(Ids.ForClaim(player, treasure, key), treasure, player, null, schedule.Now + _skew);
        schedule.Note(player, $"sends {claim.Name()}");
        promises.Sent(claim);
        bus.Publish(claim, confirmed => Answered(claim, confirmed, () => Send(treasure, key)));
    }

    private void Answered(AcceptedClaim claim, bool confirmed, Action again)
    {
        schedule.Note(player, confirmed ? $"has {claim.Name()} confirmed" : $"does not know about {claim.Name()}");
        if (confirmed)
        {
            promises.Confirmed(claim);
        }

        if (confirmed ? schedule.Strikes(SimulatedFault.ClientImpatient) : !schedule.Strikes(SimulatedFault.ClientGone))
        {
            schedule.Within(500, again);
        }
    }
}
