using Npgsql;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Hosting;

/// <summary>A connection string for Npgsql that names a host.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PostgresConnectionAttribute : ConnectionStringAttribute
{
    public override string Format => "Host=…;Username=…;Password=…";

    protected override string Mask(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        parts.Password = parts.Password is { Length: > 0 } ? Hidden : null;
        parts.SslPassword = parts.SslPassword is { Length: > 0 } ? Hidden : null;
        return parts.ConnectionString;
    }

    protected override string? FindProblem(string connection) =>
        new NpgsqlConnectionStringBuilder(connection).Host is { Length: > 0 } ? null : "it names no Host.";
}
