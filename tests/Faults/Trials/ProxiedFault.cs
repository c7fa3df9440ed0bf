using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Trials;

/// <summary>Faults of the connection between hosts and a server.</summary>
internal static class ProxiedFault
{
    /// <summary>
    /// Restarts the hosts before the load so that they reach the server through a <see cref="FaultyTcpProxy"/>, and restarts them with the
    /// set's settings after it. Without healing of its own, the fault heals when the proxy's faults are cleared.
    /// </summary>
    /// <param name="setting">The hosts' setting with the address of the server.</param>
    public static Fault ThroughProxy(this Fault fault, string setting, params string[] hosts) => fault with
    {
        Prepare = async scenario =>
        {
            var proxy = scenario.Own(new FaultyTcpProxy(ServerAddresses.EndPointOf(setting)));
            await scenario.Set.Restart(hosts, ServerAddresses.SettingsFor(proxy, setting));
            await (fault.Prepare?.Invoke(scenario) ?? Task.CompletedTask);
        },
        Heal = fault.Heal ?? (scenario =>
        {
            scenario.Proxy.Clear();
            return Task.CompletedTask;
        }),
        Restore = scenario => scenario.Set.Restart(hosts),
    };
}
