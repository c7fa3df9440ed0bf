using System.Globalization;
using System.Net;

namespace TreasureHunt.Faults.Servers;

/// <summary>
/// Addresses of the set's servers, from the settings of docs/configuration.md. <c>./hunt</c> sets them in the environment.
/// </summary>
public static class ServerAddresses
{
    public const string Postgres = "ConnectionStrings__Postgres";
    public const string RabbitMq = "ConnectionStrings__RabbitMq";
    public const string RedisLocks = "ConnectionStrings__RedisLocks";
    public const string RedisReadModels = "ConnectionStrings__RedisReadModels";
    public const string Memcached = "ConnectionStrings__Memcached";

    /// <summary>The broker's address for each kind of host, with the credentials of its broker user.</summary>
    public const string BrokerForApi = "HUNT_RABBITMQ_API";
    public const string BrokerForCommands = "HUNT_RABBITMQ_WORKER";
    public const string BrokerForProjections = "HUNT_RABBITMQ_PROJECTIONS";

    public static string Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{name} is not set. Run './hunt faults', which starts the servers and sets it.");

    public static Uri Site => new(Setting("HUNT_URL"));

    /// <summary>One line of each private key that signs tokens.</summary>
    public static IReadOnlyList<string> PrivateKeys =>
        [.. Directory.GetFiles(Setting("HUNT_KEYS"), "*.pem").Select(file => File.ReadLines(file).Skip(1).First())];

    /// <summary>Address of the port that serves <c>/admin</c>.</summary>
    public static Uri Operators => new(Setting("HUNT_OPERATORS_URL"));

    public static string Schema => Setting("EventStore__Schema");

    public static int ShardCount => int.Parse(Setting("Shards__Count"), CultureInfo.InvariantCulture);

    /// <summary>The broker, with the operator's credentials.</summary>
    public static Uri Broker => new(Setting(RabbitMq));

    /// <summary>The broker's management API, with the operator's credentials.</summary>
    public static Uri Management => new(Setting("HUNT_RABBITMQ_MANAGEMENT"));

    public static IReadOnlyList<string> LockMasters => Setting(RedisLocks).Split(';');

    public static IReadOnlyList<string> ReadModelNodes => Setting(RedisReadModels).Split(',');

    /// <summary>The server of a setting; null for Redis Cluster, whose clients name a node with each connection.</summary>
    public static IPEndPoint? EndPointOf(string setting) => setting switch
    {
        RedisReadModels => null,
        RabbitMq => new IPEndPoint(IPAddress.Parse(Broker.Host), Broker.Port),
        Postgres => new IPEndPoint(IPAddress.Loopback, new Npgsql.NpgsqlConnectionStringBuilder(Setting(Postgres)).Port),
        Memcached => IPEndPoint.Parse(Setting(Memcached)),
        _ => throw new ArgumentException($"{setting} has no proxy."),
    };

    /// <summary>Settings with which hosts connect to the proxy instead of the server.</summary>
    public static (string Name, string Value)[] SettingsFor(FaultyTcpProxy proxy, string setting) => setting switch
    {
        RabbitMq =>
            [.. new[] { BrokerForApi, BrokerForCommands, BrokerForProjections }.Select(
                user => (user, new UriBuilder(Setting(user)) { Port = proxy.Port }.Uri.ToString()))],
        Postgres => [(Postgres, new Npgsql.NpgsqlConnectionStringBuilder(Setting(Postgres)) { Port = proxy.Port }.ToString())],
        Memcached => [(Memcached, proxy.Address)],
        RedisReadModels => [(RedisReadModels, $"{Setting(RedisReadModels)},tunnel=http:{proxy.Address}")],
        _ => throw new ArgumentException($"{setting} has no proxy."),
    };
}
