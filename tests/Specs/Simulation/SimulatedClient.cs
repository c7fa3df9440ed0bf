using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Specs.Simulation;

/// <summary>A player and its Api host, which sends each claim with the same key until it is confirmed.</summary>
internal sealed class SimulatedClient(string player, Schedule schedule, SimulatedQueue bus, SimulationPromises promises)
{
    /// <summary>The number of keys of a player, so small that some claims share a key.</summary>
    private const int Keys = 4;

    // The acceptance time of a claim comes from the clock of the Api host.
    private readonly TimeSpan _skew = schedule.RandomSkew();

    /// <summary>Sends a claim at a random time within the next <paramref name="milliseconds"/>.</summary>
    public void Claim(string treasure, int milliseconds)
    {
        var key = $"key-{schedule.RandomBelow(Keys)}";
        schedule.RunWithin(milliseconds, () => Send(treasure, key));
    }

    private void Send(string treasure, string key)
    {
        var claim = new AcceptedClaim(Ids.ForClaim(player, treasure, key), treasure, player, null, schedule.Now + _skew);
        schedule.AddToTrace(player, $"sends {claim.Label()}");
        promises.Sent(claim);
        bus.Publish(claim, confirmed => HandleConfirmation(claim, confirmed, () => Send(treasure, key)));
    }

    private void HandleConfirmation(AcceptedClaim claim, bool confirmed, Action again)
    {
        schedule.AddToTrace(player, confirmed ? $"has {claim.Label()} confirmed" : $"has no confirmation of {claim.Label()}");
        if (confirmed)
        {
            promises.Confirmed(claim);
        }

        if (confirmed ? schedule.Occurs(SimulatedFault.ClientRetriesConfirmedClaim) : !schedule.Occurs(SimulatedFault.ClientGivesUp))
        {
            schedule.RunWithin(500, again);
        }
    }
}
