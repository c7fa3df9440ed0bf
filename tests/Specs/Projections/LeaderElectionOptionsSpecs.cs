using System.ComponentModel.DataAnnotations;
using TreasureHunt.Projections.LeaderElection;
using Xunit;

namespace TreasureHunt.Specs.Projections;

/// <summary>The heartbeats of the leader fit into its lease.</summary>
public sealed class LeaderElectionOptionsSpecs
{
    [Theory]
    [InlineData(1.0, 4.0, true)]
    [InlineData(2.0, 4.0, true)]
    [InlineData(2.1, 4.0, false)]
    public void A_heartbeat_interval_is_at_most_half_of_the_lease(double heartbeat, double lease, bool isValid)
    {
        var options = new LeaderElectionOptions
        {
            HeartbeatInterval = TimeSpan.FromSeconds(heartbeat),
            LeaseDuration = TimeSpan.FromSeconds(lease),
        };

        Assert.Equal(isValid, !options.Validate(new ValidationContext(options)).Any());
    }
}
