using System.Diagnostics;
using TreasureHunt.Platform.Telemetry;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The span of work that is shared by many requests.</summary>
public sealed class SharedSpanSpecs : IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == HuntTelemetry.Name,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    public SharedSpanSpecs() => ActivitySource.AddActivityListener(_listener);

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void The_span_of_a_single_claim_belongs_to_its_trace()
    {
        using var span = Start(Parent(1));

        Assert.Equal((Parent(1), 0), (span.ParentId, span.Links.Count()));
    }

    [Fact]
    public void The_span_of_many_claims_is_linked_to_their_traces()
    {
        using var span = Start(Parent(1), null, Parent(2), Parent(1), "not a trace", Parent(3));

        Assert.Equal(Parent(1), span.ParentId);
        Assert.Equal([Trace(2), Trace(3)], span.Links.Select(link => link.Context.TraceId.ToHexString()));
    }

    [Fact]
    public void A_span_has_at_most_thirty_two_links()
    {
        using var span = Start([.. Enumerable.Range(1, 100).Select(Parent)]);

        Assert.Equal(32, span.Links.Count());
    }

    [Fact]
    public void Claims_without_a_trace_start_a_new_one()
    {
        using var span = Start(null, "not a trace");

        Assert.Null(span.ParentId);
    }

    [Fact]
    public void An_unsampled_first_claim_does_not_make_the_span_unsampled()
    {
        using var span = Start($"00-{Trace(9)}-{9:x16}-00", Parent(1));

        Assert.Equal((Parent(1), 0), (span.ParentId, span.Links.Count()));
    }

    private static Activity Start(params string?[] parents)
    {
        Activity.Current = null;
        return Assert.IsType<Activity>(HuntTelemetry.StartShared("decide", ActivityKind.Consumer, parents));
    }

    private static string Trace(int n) => $"{n:x32}";

    private static string Parent(int n) => $"00-{Trace(n)}-{n:x16}-01";
}
