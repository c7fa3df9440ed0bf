using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TreasureHunt.Platform.Telemetry;

/// <summary>The engine's spans and metrics.</summary>
public static class HuntTelemetry
{
    public const string Name = "TreasureHunt";

    public static readonly ActivitySource Spans = new(Name);

    public static readonly Meter Meter = new(Name);

    /// <summary>
    /// Starts a span for work that several requests share: a child of the first request's span, linked to the others (at most 32). A single
    /// claim is one trace from the Api to the read model, and each claim of a batch links to the batch.
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
            // An unsampled first parent would make the whole span unsampled.
            .Where(context => context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            .Take(33)
            .ToList();
        return contexts.Count == 0
            ? Spans.StartActivity(name, kind)
            : Spans.StartActivity(name, kind, contexts[0], links: contexts.Skip(1).Select(context => new ActivityLink(context)));
    }
}
