using TreasureHunt.Platform.Failures;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The classification of failures of MassTransit and RabbitMQ.</summary>
public class BusFailureSpecs
{
    private static readonly Uri Shard = new("rabbitmq://localhost/claims-0");

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
    public void An_unavailable_or_slow_broker_is_transient(Exception failure) =>
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
}
