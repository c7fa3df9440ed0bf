using System.Diagnostics.Metrics;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached;

internal static class Metrics
{
    private static readonly Meter Meter = new("TreasureHunt");

    private static readonly Counter<long> Operations = Meter.CreateCounter<long>(
        "treasurehunt_memcached_operations", description: "Requests to memcached, by operation and outcome.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "treasurehunt_memcached_duration", "s", "Time from request to outcome.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [
            .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25]
        });

    public static readonly Counter<long> Disconnects = Meter.CreateCounter<long>(
        "treasurehunt_memcached_disconnects", description: "Connections to memcached that were lost.");

    public static void Answered(Verb verb, in Reply reply, TimeSpan took) => Record(verb, OutcomeOf(reply), took);

    public static void Failed(Verb verb, MemcachedFailure failure, TimeSpan took) => Record(verb, failure switch
    {
        MemcachedFailure.Disconnected => "disconnected",
        MemcachedFailure.TimedOut => "timed-out",
        MemcachedFailure.Overloaded => "overloaded",
        _ => "refused",
    }, took);

    private static string OutcomeOf(in Reply reply) => reply.Code switch
    {
        ReplyCode.Value when !reply.IsHit => "miss",
        ReplyCode.Value => reply.Stale ? "stale" : "hit",
        ReplyCode.Absent => "miss",
        ReplyCode.Conflict => "conflict",
        ReplyCode.Refused => "refused",
        _ => "done",
    };

    private static void Record(Verb verb, string outcome, TimeSpan took)
    {
        var operation = new KeyValuePair<string, object?>("operation", NameOf(verb));
        Operations.Add(1, operation, new KeyValuePair<string, object?>("outcome", outcome));
        Duration.Record(took.TotalSeconds, operation);
    }

    private static string NameOf(Verb verb) => verb switch
    {
        Verb.Get => "get",
        Verb.Peek => "peek",
        Verb.Set => "set",
        Verb.Add => "add",
        Verb.Fill => "fill",
        Verb.MarkStale => "mark-stale",
        Verb.ReturnLease => "return-lease",
        Verb.Delete => "delete",
        _ => "ping",
    };
}
