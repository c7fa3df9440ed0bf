namespace TreasureHunt.Platform.Hosting;

/// <summary>Where the servers are: section <c>ConnectionStrings</c>. Each host says which of them it needs.</summary>
public sealed class ConnectionOptions
{
    public const string Section = "ConnectionStrings";

    /// <summary>
    /// The event store: <c>Host=…;Port=…;Database=…;Username=…;Password=…</c>, straight to PostgreSQL and not through a pooler such as
    /// PgBouncer.
    /// </summary>
    [PostgresConnection]
    public string Postgres { get; set; } = "";

    /// <summary>The bus: <c>amqp://user:password@host:port/vhost</c>, or <c>amqps</c> for TLS.</summary>
    [RabbitMqConnection]
    public string RabbitMq { get; set; } = "";

    /// <summary>Independent lock masters, <c>;</c> between them. Three or five of them keep a lock while one or two are away.</summary>
    [RedisLocksConnection]
    public string RedisLocks { get; set; } = "";

    /// <summary>Nodes of the Redis Cluster with the read models, <c>,</c> between them.</summary>
    [RedisConnection]
    public string RedisReadModels { get; set; } = "";

    /// <summary>Memcached servers, <c>,</c> between them.</summary>
    [MemcachedConnection]
    public string Memcached { get; set; } = "";
}
