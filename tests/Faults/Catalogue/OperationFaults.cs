using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>An operator reloads the edge proxy or restarts hosts under load.</summary>
internal static class OperationFaults
{
    public static readonly IReadOnlyList<Fault> All =
    [
        new(29, "proxy-reload", "no failed request")
        {
            Duration = TimeSpan.FromSeconds(1),
            ShortDuration = TimeSpan.FromSeconds(1),
            MustFailNoCall = true,
            Inject = async scenario =>
            {
                for (var reload = 0; reload < 3; reload++)
                {
                    await scenario.Set.RunHunt(["servers", "reload"]);
                    await Task.Delay(TimeSpan.FromSeconds(1));
                }

                return "HAProxy reloaded three times";
            },
        },
        new(30, "rolling-restart", "no failed request, no lost claim")
        {
            Duration = TimeSpan.Zero,
            MustFailNoCall = true,
            Inject = async scenario =>
            {
                await scenario.Set.RunHunt(["hosts", "restart"]);
                return "all hosts restarted, one after another";
            },
        },
    ];
}
