using Npgsql;
using StackExchange.Redis;
using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Memcached;

namespace TreasureHunt.Platform.Hosting;

/// <summary>A connection string for Npgsql that names a host.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PostgresConnectionAttribute : ConnectionStringAttribute
{
    public override string Form => "Host=…;Username=…;Password=…";

    protected override string Mask(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        parts.Password = parts.Password is { Length: > 0 } ? Hidden : null;
        parts.SslPassword = parts.SslPassword is { Length: > 0 } ? Hidden : null;
        return parts.ConnectionString;
    }

    protected override string? Complaint(string connection) =>
        new NpgsqlConnectionStringBuilder(connection).Host is { Length: > 0 } ? null : "it names no Host.";
}

/// <summary>An address with credentials. There is no default user: RabbitMQ's own, guest, is known to everybody.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RabbitMqConnectionAttribute : ConnectionStringAttribute
{
    public override string Form => "amqp://user:password@host:port/vhost";

    protected override string Mask(string connection)
    {
        // In the text itself: Uri escapes what it reads, so that its user info need not be in the text.
        var scheme = connection.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return Hidden;
        }

        var start = scheme + 3;
        var end = connection.IndexOfAny(['/', '?', '#'], start);
        var at = connection.LastIndexOf('@', (end < 0 ? connection.Length : end) - 1);
        if (at < start)
        {
            // An '@' further behind may end a password with one of these characters in it.
            return connection.Contains('@', StringComparison.Ordinal) ? Hidden : connection;
        }

        var colon = connection.IndexOf(':', start, at - start);
        return colon < 0 ? connection : $"{connection[..colon]}:{Hidden}{connection[at..]}";
    }

    protected override string? Complaint(string connection) =>
        !Uri.TryCreate(connection, UriKind.Absolute, out var address) ? "it is no address."
        : address.Scheme is not ("amqp" or "amqps") ? $"its scheme is '{address.Scheme}', which is neither amqp nor amqps."
        : address.Host.Length == 0 ? "it names no host."
        : address.UserInfo.Split(':', 2) is not [{ Length: > 0 }, { Length: > 0 }] ? "it names no user and password."
        : address.Query.Length > 0 ? "it has options behind '?', which have no effect."
        : null;
}

/// <summary>Nodes of one Redis.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal class RedisConnectionAttribute : ConnectionStringAttribute
{
    public override string Form => "host:port,host:port,…";

    protected override string Mask(string connection) => ConfigurationOptions.Parse(connection).ToString(includePassword: false);

    protected override string? Complaint(string connection) =>
        ConfigurationOptions.Parse(connection).EndPoints is { Count: > 0 } ? null : "it names no server.";
}

/// <summary>Independent Redis servers.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RedisLocksConnectionAttribute : RedisConnectionAttribute
{
    public override string Form => "host:port;host:port;host:port";

    protected override string Mask(string connection) => string.Join(';', Masters(connection).Select(base.Mask));

    protected override string? Complaint(string connection)
    {
        var masters = Masters(connection);
        return masters.Select(base.Complaint).FirstOrDefault(complaint => complaint is not null)
            ?? (masters.SelectMany(master => ConfigurationOptions.Parse(master).EndPoints).GroupBy(endpoint => endpoint.ToString()).Any(
                same => same.Count() > 1)
                ? "it names a master twice, which are not independent."
                : null);
    }

    private static string[] Masters(string connection) =>
        connection.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Memcached servers.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MemcachedConnectionAttribute : ConnectionStringAttribute
{
    public override string Form => "host:port,host:port,…";

    protected override string Mask(string connection) => connection;

    protected override string? Complaint(string connection)
    {
        try
        {
            MemcachedOptions.Parse(connection);
            return null;
        }
        catch (ArgumentException unreadable)
        {
            // There are no passwords in it.
            return unreadable.Message.Split(" (Parameter", 2)[0];
        }
    }
}
