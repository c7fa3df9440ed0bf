using System.Globalization;
using System.Net;

namespace TreasureHunt.Faults.Servers;

/// <summary>
/// Where the set's servers are, from the settings of docs/configuration.md, which <c>./hunt</c> puts into the environment.
/// </summary>
public static class ServerAddresses
{
    public const string Postgres = "ConnectionStrings__Postgres";
    public const string RabbitMq = "ConnectionStrings__RabbitMq";
    public const string RedisLocks = "ConnectionStrings__RedisLocks";
    public const string RedisReadModels = "ConnectionStrings__RedisReadModels";
    public const string Memcached = "ConnectionStrings__Memcached";

    /// <summary>Where each kind of host finds the broker, with the password of the user that it is.</summary>
    public const string BrokerForApi = "HUNT_RABBITMQ_API";
    public const string BrokerForCommands = "HUNT_RABBITMQ_WORKER";
    public const string BrokerForProjections = "HUNT_RABBITMQ_PROJECTIONS";

    public static string Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{name} is not set: './hunt faults' starts servers and sets it.");

    public static Uri Site => new(Setting("HUNT_URL"));

    /// <summary>A line of each private key that signs tokens.</summary>
    public static IReadOnlyList<string> PrivateKeys =>
        [.. Directory.GetFiles(Setting("HUNT_KEYS"), "*.pem").Select(file => File.ReadLines(file).Skip(1).First())];

    /// <summary>Where <c>/admin</c> is served.</summary>
    public static Uri Operators => new(Setting("HUNT_OPERATORS_URL"));

    public static string Schema => Setting("EventStore__Schema");

    public static int Shards => int.Parse(Setting("Shards__Count"), CultureInfo.InvariantCulture);

    /// <summary>The broker, with the operator's password.</summary>
    public static Uri Broker => new(Setting(RabbitMq));

    /// <summary>The broker's management API, with user and password.</summary>
    public static Uri Management => new(Setting("HUNT_RABBITMQ_MANAGEMENT"));

    public static IReadOnlyList<string> Locks => Setting(RedisLocks).Split(';');

    public static IReadOnlyList<string> ReadModels => Setting(RedisReadModels).Split(',');

    /// <summary>The server behind a setting; null where there are several, which a relay is told with each connection.</summary>
    public static IPEndPoint? At(string setting) => setting switch
    {
        RedisReadModels => null,
        RabbitMq => new IPEndPoint(IPAddress.Parse(Broker.Host), Broker.Port),
        Postgres => new IPEndPoint(IPAddress.Loopback, new Npgsql.NpgsqlConnectionStringBuilder(Setting(Postgres)).Port),
        Memcached => IPEndPoint.Parse(Setting(Memcached)),
        _ => throw new ArgumentException($"{setting} cannot go through a relay."),
    };

    /// <summary>The settings that lead hosts through a relay instead.</summary>
    public static (string Name, string Value)[] Through(Relay relay, string setting) => setting switch
    {
        RabbitMq =>
            [.. new[] { BrokerForApi, BrokerForCommands, BrokerForProjections }.Select(
                user => (user, new UriBuilder(Setting(user)) { Port = relay.Port }.Uri.ToString()))],
        Postgres => [(Postgres, new Npgsql.NpgsqlConnectionStringBuilder(Setting(Postgres)) { Port = relay.Port }.ToString())],
        Memcached => [(Memcached, relay.Name)],
        RedisReadModels => [(RedisReadModels, $"{Setting(RedisReadModels)},tunnel=http:{relay.Name}")],
        _ => throw new ArgumentException($"{setting} cannot go through a relay."),
    };
}
