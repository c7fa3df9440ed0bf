using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Storms;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>A host that cannot work says why and stays in its place: it goes on by itself.</summary>
[Collection(nameof(Fragile))]
public sealed class HealthTests(FragileEngine fixture) : FragileTests(fixture)
{
    [Theory]
    [InlineData("commands-behind-relay")]
    [InlineData("projections-behind-relay")]
    public async Task Without_PostgreSQL_a_host_is_degraded_until_it_is_back(string host)
    {
        await using var postgres = Relay.To($"{Setting("Host")}:{Setting("Port")}");
        var process = await Engine.Add(host, ("ConnectionStrings__Postgres", $"{Servers.Postgres};Host=127.0.0.1;Port={postgres.Port}"));
        await Becomes(host, "postgres", "Healthy", "it answers");

        postgres.HoldBack(Direction.ToClient);
        await Becomes(host, "postgres", "Degraded", "it does not answer");
        postgres.Release();
        await Becomes(host, "postgres", "Healthy", "it answers");
        await process.Kill();

        static string Setting(string name) => new Npgsql.NpgsqlConnectionStringBuilder(Servers.Postgres)[name].ToString()!;
    }

    [Fact]
    public async Task A_worker_whose_claims_stand_still_is_degraded_until_they_are_decided()
    {
        var (_, treasureId) = await Treasure(stock: 1);
        // One worker alone has the queues.
        await Engine.Host("commands-2").Stop();
        await Becomes("commands-1", "claims", "Healthy", "every claim is decided in time");

        Guid claimId;
        await using (var hold = await Engine.Log.Hold("mt_events"))
        {
            claimId = (await Engine.Player("alice").Claim(treasureId, "key", wait: 0)).ClaimId;
            await Becomes(
                "commands-1", "claims", "Degraded",
                $"no claim was decided for more than 30 s on shard {Ids.ShardOf(treasureId, Engine.Shards)}");
        }

        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").Outcome(claimId)).Outcome);
        await Becomes("commands-1", "claims", "Healthy", "every claim is decided in time");
    }

    private Task Becomes(
        string host, string check, string status, string description) => Until.True($"{host} is {status} for {check}", async () =>
    {
        var ready = await Engine.Nobody(host).Get("/health/ready");
        Assert.Equal("200", ready.Problem);
        var told = ready["checks"].GetProperty(check);
        return (told.GetProperty("status").GetString(), told.GetProperty("description").GetString()) == (status, description);
    });
}
