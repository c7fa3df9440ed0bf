using System.Net.Sockets;
using System.Text.Json;
using Npgsql;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;
using TreasureHunt.Platform.Memcached;

namespace TreasureHunt.Platform.Failures;

/// <summary>
/// The only classification of failures, for the workers and the projections. It ensures that no invalid input is retried without end and
/// that no outage loses an input: the work that met a <see cref="FailureKind.Transient"/> failure is retried without limit, other work as
/// its <see cref="FailureKind"/> says.
/// </summary>
/// <remarks>
/// A worker retries the whole unit of work of a message: read, decide and commit (<c>CommitRetryPolicy</c>). A subscription of the
/// projections retries the event batch from its recorded progress (<c>SubscriptionRunner</c>). The Api retries no claim: its caller does.
/// </remarks>
public static class FailureClassifier
{
    /// <summary>The kind of a failure, or of the first recognised inner exception.</summary>
    public static FailureKind Classify(Exception exception) => KindOf(exception) switch
    {
        FailureKind.Unknown when exception is AggregateException { InnerExceptions: { Count: > 0 } all } => all.Select(Classify).Min(),
        FailureKind.Unknown when exception.InnerException is { } inner => Classify(inner),
        var kind => kind,
    };

    private static FailureKind KindOf(Exception exception) => exception switch
    {
        // Exceptions of JasperFx and Marten, by name: only the hosts that open the event store have the packages. Two exceptions have the
        // second name, in two namespaces; neither is a ConcurrencyException.
        _ when IsNamed(exception, "ConcurrencyException") || IsNamed(exception, "ExistingStreamIdCollisionException") =>
            FailureKind.Conflict,
        PostgresException postgres => KindOf(postgres.SqlState),
        // Marten's exception for an event of a newer build.
        _ when IsNamed(exception, "UnknownEventTypeException") => FailureKind.Data,
        UnknownEventException or JsonException or FormatException => FailureKind.Data,
        RedisServerException redis => KindOfReply(redis.Message),
        NpgsqlException or RedisException or RedisTimeoutException or MemcachedException or BrokenCircuitException
            or TimeoutRejectedException
            or TimeoutException or SocketException or IOException or OperationCanceledException => FailureKind.Transient,
        // Some exceptions of RabbitMQ.Client for a lost connection are not public.
        _ when exception.GetType().Namespace is { } name && name.StartsWith("RabbitMQ.Client", StringComparison.Ordinal) =>
            FailureKind.Transient,
        // The broker is unavailable, stops, or does not confirm or answer in time. Other exceptions of MassTransit concern a message or the
        // configuration.
        MassTransit.ConnectionException or MassTransit.TransportUnavailableException or MassTransit.ShutDownException
            or MassTransit.ConsumerCanceledException
            or MassTransit.MessageNotAcknowledgedException or MassTransit.RequestTimeoutException => FailureKind.Transient,
        // A missing queue is a state of the broker: it affects every message.
        MassTransit.MessageReturnedException => FailureKind.Transient,
        _ => FailureKind.Unknown,
    };

    // Whether the type of an exception, or a type that it derives from, has this name.
    private static bool IsNamed(Exception exception, string name)
    {
        for (var type = exception.GetType(); type is not null; type = type.BaseType)
        {
            if (type.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    // SQLSTATE classes (PostgreSQL documentation, appendix A).
    private static FailureKind KindOf(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure =>
            FailureKind.Conflict,
        // A missing table or permission is a state of the database: it affects every input.
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction
            or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InsufficientPrivilege => FailureKind.Transient,
        // 22 data exception, 23 integrity constraint, 42 syntax or type, 54 program limit exceeded (such as a key too long for an index).
        _ when sqlState[..2] is "22" or "23" or "42" or "54" => FailureKind.Data,
        // 08 connection, 25 transaction state, 28 authorization, 40 rollback, 53 resources, 55 state, 57 operator intervention, 58 system.
        _ when sqlState[..2] is "08" or "25" or "28" or "40" or "53" or "55" or "57" or "58" => FailureKind.Transient,
        _ => FailureKind.Unknown,
    };

    // A server that is full (OOM), loading, failing over or without a quorum accepts the same command later.
    private static FailureKind KindOfReply(string reply) => reply.Split(' ', 2)[0] switch
    {
        "OOM" or "LOADING" or "MASTERDOWN" or "CLUSTERDOWN" or "TRYAGAIN" or "READONLY" or "NOREPLICAS" or "BUSY" or "MOVED" or "ASK"
            or "NOAUTH" or "NOPERM" => FailureKind.Transient,
        _ => FailureKind.Unknown,
    };
}
