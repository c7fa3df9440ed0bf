namespace TreasureHunt.Integration.Harness;

/// <summary>The servers that the environment names, as <c>./hunt servers env</c> prints them.</summary>
internal static class Servers
{
    public static string Postgres => Required("ConnectionStrings__Postgres");

    /// <summary>The broker, with the operator's password.</summary>
    public static Uri RabbitMq => new(Required("ConnectionStrings__RabbitMq"));

    /// <summary>The broker, with the password of one of its users in deploy/rabbitmq/definitions.json.</summary>
    public static Uri RabbitMqAs(string user) => new(Required($"HUNT_RABBITMQ_{user.Replace('-', '_').ToUpperInvariant()}"));

    /// <summary>The broker's management API, with user and password.</summary>
    public static Uri RabbitMqManagement => new(Required("HUNT_RABBITMQ_MANAGEMENT"));

    public static string RedisLocks => Required("ConnectionStrings__RedisLocks");

    public static string RedisReadModels => Required("ConnectionStrings__RedisReadModels");

    /// <summary>Host and port.</summary>
    public static string Memcached => Required("ConnectionStrings__Memcached");

    private static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{name} is not set: these tests need servers. './hunt test' starts some.");
}
