using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TreasureHunt.Platform.Telemetry;

/// <summary>The engine's own spans and measures.</summary>
public static class HuntTelemetry
{
    public const string Name = "TreasureHunt";

    public static readonly ActivitySource Spans = new(Name);

    public static readonly Meter Meter = new(Name);

    /// <summary>
    /// Starts a span for work done for several requests at once: a child of the first, linked to the rest (at most 32),
    /// so that a lone claim is one trace from the door to the read model, and a claim in a crowd finds its batch.
    /// </summary>
    public static Activity? StartShared(string name, ActivityKind kind, IEnumerable<string?> traceParents)
    {
        if (!Spans.HasListeners())
        {
            return null;
        }

        var contexts = traceParents
            .Where(parent => parent is not null)
            .Distinct()
            .Select(parent => ActivityContext.TryParse(parent, null, isRemote: true, out var context) ? context : default)
            // One that nobody follows, as the first, would keep the span from all the others.
            .Where(context => context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            .Take(33)
            .ToList();
        return contexts.Count == 0
            ? Spans.StartActivity(name, kind)
            : Spans.StartActivity(name, kind, contexts[0], links: contexts.Skip(1).Select(context => new ActivityLink(context)));
    }
}
