using Microsoft.Extensions.Caching.Memory;
using ZiggyCreatures.Caching.Fusion;

namespace TreasureHunt.Api;

/// <summary>
/// What this process read last. It keeps a value for a quarter of a second, lets one caller a key fetch the next a little before
/// that is over, serves the last known one for a while when nothing behind it answers or answers slowly, and never goes back:
/// caches may be behind each other, and what was shown once stays until something newer is known.
/// </summary>
public sealed class L1(IFusionCache cache)
{
    /// <summary>Values kept at the most, of a kilobyte or two each. A crowd that asks for ids that nobody has cannot take more.</summary>
    public const int MostValues = 20_000;

    /// <summary>How long a hot value is taken for true without asking; a change shows at most this much later.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the last known value may stand in while no cache answers.</summary>
    private static readonly TimeSpan StandIn = TimeSpan.FromSeconds(60);

    /// <summary>How long a caller waits for a fetch when there is something to show instead. The fetch goes on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private static readonly FusionCacheEntryOptions Options = new FusionCacheEntryOptions(Fresh) { Size = 1 }
        .SetFailSafe(true, StandIn, Fresh)
        .SetEagerRefresh(0.8f)
        .SetFactoryTimeouts(Patience);

    /// <summary>The value of a key, fetched unless a fresh one is known.</summary>
    /// <param name="fetch">Belongs to all who wait for the value, so no caller that leaves can cancel it. It has its own deadline.</param>
    public ValueTask<T> Get<T>(string key, Func<Task<T>> fetch, CancellationToken cancellation) =>
        cache.GetOrSetAsync<T>(
            key,
            async (context, _) =>
            {
                // That there is nothing is no answer to stand in when the fetch fails; it may still lie there when it is just too old.
                context.Options.IsFailSafeEnabled = context is { HasStaleValue: true, StaleValue.Value: not null };
                return Later(context, await fetch());
            },
            Options,
            token: cancellation);

    /// <summary>The memory behind it.</summary>
    public static MemoryCache Memory() => new(new MemoryCacheOptions { SizeLimit = MostValues });

    private static T Later<T>(FusionCacheFactoryExecutionContext<T> context, T fetched)
    {
        if (context is { HasStaleValue: true, StaleValue.Value: Seen known } && (fetched is not Seen next || next.Sequence < known.Sequence))
        {
            return context.StaleValue.Value;
        }

        context.Options.IsFailSafeEnabled = fetched is not null;
        return fetched;
    }
}
