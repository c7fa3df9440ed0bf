namespace TreasureHunt.Platform.Hosting;

/// <summary>Connection strings of the servers: section <c>ConnectionStrings</c>. Each host requires some of them.</summary>
public sealed class ConnectionOptions
{
    public const string Section = "ConnectionStrings";

    /// <summary>
    /// The event store: <c>Host=…;Port=…;Database=…;Username=…;Password=…</c>. It must connect to PostgreSQL directly, without a pooler
    /// such as PgBouncer.
    /// </summary>
    [PostgresConnection]
    public string Postgres { get; set; } = "";

    /// <summary>The bus: <c>amqp://user:password@host:port/vhost</c>, or <c>amqps</c> for TLS.</summary>
    [RabbitMqConnection]
    public string RabbitMq { get; set; } = "";

    /// <summary>Independent lock masters, separated by <c>;</c>. Of three or five, one or two may fail.</summary>
    [RedisLocksConnection]
    public string RedisLocks { get; set; } = "";

    /// <summary>Nodes of the Redis Cluster with the read models, separated by <c>,</c>.</summary>
    [RedisConnection]
    public string RedisReadModels { get; set; } = "";

    /// <summary>Memcached servers, separated by <c>,</c>.</summary>
    [MemcachedConnection]
    public string Memcached { get; set; } = "";
}
