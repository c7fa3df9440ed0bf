using System.Text;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The report of the projections, unwritable states and read model names.</summary>
public class ProjectionReportFormatSpecs
{
    [Fact]
    public void The_format_of_the_projection_report_has_not_changed() =>
        StorageFormat.IsUnchanged(
            "{\"head\":4711,\"stalled\":[\"redis:All\"]}", Encoding.UTF8.GetString(new ProjectionReport(4711, ["redis:All"]).ToBytes()));

    [Fact]
    public void The_format_of_an_unwritable_state_has_not_changed() =>
        StorageFormat.IsUnchanged("4711|", Encoding.UTF8.GetString(VersionedValue.NotWritable(4711).ToBytes()));

    [Fact]
    public void The_names_of_the_read_models_have_not_changed() =>
        StorageFormat.IsUnchanged("claims hunts leaderboard memcached treasures", string.Join(' ', ReadModelNames.All.Order()));
}
