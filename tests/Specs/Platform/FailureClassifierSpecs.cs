using System.Text.Json;
using JasperFx;
using Npgsql;
using TreasureHunt.Platform.Failures;
using Xunit;

namespace TreasureHunt.Specs.Platform;

public class FailureClassifierSpecs
{
    private static readonly Uri Shard = new("rabbitmq://localhost/claims-0");

    [Theory]
    [InlineData("54000", FailureKind.Data)] // index row size exceeds the maximum
    [InlineData("22021", FailureKind.Data)] // character not in repertoire: U+0000
    [InlineData("22P05", FailureKind.Data)] // untranslatable character in jsonb
    [InlineData("42804", FailureKind.Data)]
    [InlineData("23514", FailureKind.Data)]
    [InlineData("23505", FailureKind.Conflict)]
    [InlineData("40001", FailureKind.Conflict)]
    [InlineData("40P01", FailureKind.Conflict)]
    [InlineData("53300", FailureKind.Transient)]
    [InlineData("57P01", FailureKind.Transient)]
    [InlineData("58030", FailureKind.Transient)]
    [InlineData("55P03", FailureKind.Transient)]
    [InlineData("08006", FailureKind.Transient)]
    [InlineData("42P01", FailureKind.Transient)] // no such table: the database's state, not the input's
    [InlineData("42501", FailureKind.Transient)]
    public void A_failure_of_PostgreSQL_is_classified_by_its_state(string sqlState, FailureKind kind) =>
        Assert.Equal(kind, FailureClassifier.Classify(new PostgresException("", "ERROR", "ERROR", sqlState)));

    [Fact]
    public void A_conflict_reloads() => Assert.Equal(FailureKind.Conflict, FailureClassifier.Classify(new ConcurrencyException("", null)));

    [Fact]
    public void An_unknown_event_is_data() =>
        Assert.Equal(FailureKind.Data, FailureClassifier.Classify(new UnknownEventException("claim-decided.v9")));

    [Fact]
    public void Malformed_JSON_is_data() => Assert.Equal(FailureKind.Data, FailureClassifier.Classify(new JsonException()));

    [Fact]
    public void A_connection_that_breaks_is_transient()
    {
        Assert.Equal(FailureKind.Transient, FailureClassifier.Classify(new NpgsqlException("", new IOException())));
        Assert.Equal(FailureKind.Transient, FailureClassifier.Classify(new TimeoutException()));
    }

    public static TheoryData<Exception> OfTheBroker() =>
    [
        new MassTransit.ConnectionException(),
        new MassTransit.RabbitMqConnectionException(),
        new MassTransit.TransportUnavailableException(),
        new MassTransit.MessageNotAcknowledgedException(Shard, "nack"),
        new MassTransit.MessageReturnedException(),
        new MassTransit.RequestTimeoutException(),
        new MassTransit.SendException(typeof(string), Shard, "not sent", new MassTransit.RabbitMqConnectionException()),
        new RabbitMQ.Client.Exceptions.BrokerUnreachableException(new IOException()),
    ];

    [Theory]
    [MemberData(nameof(OfTheBroker))]
    public void A_broker_that_is_away_or_slow_is_transient(Exception failure) =>
        Assert.Equal(FailureKind.Transient, FailureClassifier.Classify(failure));

    public static TheoryData<Exception> OfAMessageOrOfTheConfiguration() =>
    [
        new MassTransit.MassTransitException(),
        new MassTransit.ConfigurationException("no such endpoint"),
        new MassTransit.RabbitMqAddressException("no address"),
        new MassTransit.MessageException(typeof(string), "no such member"),
        new MassTransit.SendException(typeof(string), Shard, "not serialized", new NotSupportedException()),
        new MassTransit.PayloadNotFoundException("no payload"),
        new MassTransit.RequestFaultException(),
    ];

    [Theory]
    [MemberData(nameof(OfAMessageOrOfTheConfiguration))]
    public void Any_other_failure_of_MassTransit_is_unknown(Exception failure) =>
        Assert.Equal(FailureKind.Unknown, FailureClassifier.Classify(failure));

    [Fact]
    public void The_cause_inside_a_wrapper_counts() =>
        Assert.Equal(
            FailureKind.Data,
            FailureClassifier.Classify(new InvalidOperationException("", new PostgresException("", "ERROR", "ERROR", "54000"))));

    [Fact]
    public void What_is_not_recognised_is_unknown() =>
        Assert.Equal(FailureKind.Unknown, FailureClassifier.Classify(new InvalidOperationException()));
}
