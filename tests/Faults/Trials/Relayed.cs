using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Trials;

/// <summary>Faults of a connection.</summary>
internal static class Relayed
{
    /// <summary>
    /// The fault with some hosts led through a relay to one of their servers, and back when it is over. It heals with the relay, unless it
    /// heals otherwise.
    /// </summary>
    /// <param name="setting">The hosts' setting that says where the server is.</param>
    public static Fault Behind(this Fault fault, string setting, params string[] hosts) => fault with
    {
        Prepare = async scene =>
        {
            var relay = scene.Keep(new Relay(ServerAddresses.At(setting)));
            await scene.Set.Restart(hosts, ServerAddresses.Through(relay, setting));
            await (fault.Prepare?.Invoke(scene) ?? Task.CompletedTask);
        },
        Heal = fault.Heal ?? (scene =>
        {
            scene.Relay.Heal();
            return Task.CompletedTask;
        }),
        Restore = scene => scene.Set.Restart(hosts),
    };
}
