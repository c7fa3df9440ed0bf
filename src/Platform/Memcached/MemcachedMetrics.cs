using System.Diagnostics.Metrics;
using TreasureHunt.Platform.Memcached.Protocol;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Platform.Memcached;

/// <summary>Counters and durations of requests to memcached.</summary>
internal static class MemcachedMetrics
{
    private static readonly Counter<long> Operations = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_memcached_operations", description: "Requests to memcached, by operation and outcome.");

    private static readonly Histogram<double> Duration = HuntTelemetry.Meter.CreateHistogram<double>(
        "treasurehunt_memcached_duration", "s", "Time from request to outcome.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25],
        });

    private static readonly Counter<long> Disconnects = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_memcached_disconnects", description: "Connections to memcached that were lost.");

    public static void RecordDisconnect(string server) => Disconnects.Add(1, new KeyValuePair<string, object?>("server", server));

    public static void RecordReply(Verb verb, in Reply reply, TimeSpan duration) => Record(verb, OutcomeOf(reply), duration);

    public static void RecordFailure(Verb verb, MemcachedFailure failure, TimeSpan duration) => Record(verb, failure switch
    {
        MemcachedFailure.Disconnected => "disconnected",
        MemcachedFailure.TimedOut => "timed-out",
        MemcachedFailure.Overloaded => "overloaded",
        _ => "refused",
    }, duration);

    private static string OutcomeOf(in Reply reply) => reply.Code switch
    {
        ReplyCode.Value => reply.IsHit ? "hit" : "miss",
        ReplyCode.Absent => "miss",
        ReplyCode.Conflict => "conflict",
        ReplyCode.Refused => "refused",
        _ => "done",
    };

    private static void Record(Verb verb, string outcome, TimeSpan duration)
    {
        var operation = new KeyValuePair<string, object?>("operation", NameOf(verb));
        Operations.Add(1, operation, new KeyValuePair<string, object?>("outcome", outcome));
        Duration.Record(duration.TotalSeconds, operation);
    }

    private static string NameOf(Verb verb) => verb switch
    {
        Verb.Get => "get",
        Verb.Peek => "peek",
        Verb.Add => "add",
        Verb.Fill => "fill",
        _ => "ping",
    };
}
