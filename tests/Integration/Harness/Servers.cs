namespace TreasureHunt.Integration.Harness;

/// <summary>The addresses of the servers, from the environment variables that <c>./hunt servers env</c> prints.</summary>
internal static class Servers
{
    public static string Postgres => Required("ConnectionStrings__Postgres");

    /// <summary>The address of the broker, with the operator's password.</summary>
    public static Uri RabbitMq => new(Required("ConnectionStrings__RabbitMq"));

    /// <summary>Returns the address of the broker with the password of a user of deploy/rabbitmq/definitions.json.</summary>
    public static Uri RabbitMqAs(string user) => new(Required($"HUNT_RABBITMQ_{user.Replace('-', '_').ToUpperInvariant()}"));

    /// <summary>The address of the broker's management API, with user and password.</summary>
    public static Uri RabbitMqManagement => new(Required("HUNT_RABBITMQ_MANAGEMENT"));

    public static string RedisLocks => Required("ConnectionStrings__RedisLocks");

    public static string RedisReadModels => Required("ConnectionStrings__RedisReadModels");

    /// <summary>Host and port.</summary>
    public static string Memcached => Required("ConnectionStrings__Memcached");

    private static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{name} is not set. './hunt test' starts the servers of these tests.");
}
