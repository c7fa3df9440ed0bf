using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Hosts that cannot reach PostgreSQL report it, stay up and recover.</summary>
[Collection(nameof(OutageGroup))]
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
        await Engine.Anonymous(host).WaitForCheck("postgres", "Healthy", "it answers");

        postgres.Pause(Direction.ToClient);
        await Engine.Anonymous(host).WaitForCheck("postgres", "Degraded", "it does not answer");
        postgres.Resume();
        await Engine.Anonymous(host).WaitForCheck("postgres", "Healthy", "it answers");
        await process.Kill();

        static string Setting(string name) => new Npgsql.NpgsqlConnectionStringBuilder(Servers.Postgres)[name].ToString()!;
    }
}
