using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Hosts that cannot reach PostgreSQL report it, stay up and recover.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class PostgresHealthTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Theory]
    [InlineData("commands-behind-relay")]
    [InlineData("projections-behind-relay")]
    public async Task Without_PostgreSQL_a_host_is_degraded_until_it_is_back(string host)
    {
        await using var postgres = FaultyTcpProxy.To($"{Setting("Host")}:{Setting("Port")}");
        var process =
            await Engine.StartHost(host, ("ConnectionStrings__Postgres", $"{Servers.Postgres};Host=127.0.0.1;Port={postgres.Port}"));
        await WaitForCheck(host, "postgres", "Healthy", "it answers");

        postgres.Pause(Direction.ToClient);
        await WaitForCheck(host, "postgres", "Degraded", "it does not answer");
        postgres.Resume();
        await WaitForCheck(host, "postgres", "Healthy", "it answers");
        await process.Kill();

        static string Setting(string name) => new Npgsql.NpgsqlConnectionStringBuilder(Servers.Postgres)[name].ToString()!;
    }

    private Task WaitForCheck(
        string host, string check, string status, string description) => Poll.Until($"{host} is {status} for {check}", async () =>
    {
        var ready = await Engine.Anonymous(host).Get("/health/ready");
        Assert.Equal("200", ready.Problem);
        var result = ready["checks"].GetProperty(check);
        return (result.GetProperty("status").GetString(), result.GetProperty("description").GetString()) == (status, description);
    });
}
