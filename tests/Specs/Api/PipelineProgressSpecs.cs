using System.Text;
using TreasureHunt.Api.ServiceLevels;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The state of the projections in their report.</summary>
public sealed class PipelineProgressSpecs
{
    [Theory]
    [InlineData(null, "away")]
    [InlineData("{\"head\":7,\"stalled\":[]}", "up")]
    [InlineData("{\"head\":7,\"stalled\":[\"redis:All\"]}", "stalled")]
    [InlineData("{\"head\":7,\"stalled\":[],\"more\":{}}", "up")]
    [InlineData("a format of a newer build", "up")]
    public void A_missing_report_means_that_the_projections_are_away(string? report, string state) =>
        Assert.Equal(state, PipelineProgress.ParseState(report is null ? null : Encoding.UTF8.GetBytes(report)));

    [Fact]
    public void A_written_report_is_read_back() =>
        Assert.Equal("stalled", PipelineProgress.ParseState(new ProjectionReport(7, ["memcached:All"]).ToBytes()));
}
