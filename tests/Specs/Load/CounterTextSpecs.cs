using TreasureHunt.Load;
using Xunit;

namespace TreasureHunt.Specs.Load;

/// <summary>The counters that <c>./hunt bench</c> reads from the servers.</summary>
public class CounterTextSpecs
{
    private const string Metrics =
        """
        # TYPE rabbitmq_global_messages_received_total counter
        rabbitmq_global_messages_received_total{protocol="amqp091"} 120
        rabbitmq_global_messages_received_total{protocol="amqp10"} 3
        rabbitmq_global_messages_received_confirm_total{protocol="amqp091"} 7000
        rabbitmq_global_messages_delivered_total{protocol="amqp091",queue_type="rabbit_classic_queue"} 40
        rabbitmq_global_messages_delivered_total{protocol="amqp091",queue_type="rabbit_quorum_queue"} 1.5e3
        erlang_uptime_seconds 12.5
        """;

    [Theory]
    [InlineData("rabbitmq_global_messages_received_total", 123.0)]
    [InlineData("rabbitmq_global_messages_delivered_total", 1540.0)]
    [InlineData("erlang_uptime_seconds", 12.5)]
    [InlineData("rabbitmq_global_messages_routed_total", 0.0)]
    public void A_metric_is_summed_over_its_labels(string name, double sum) => Assert.Equal(sum, CounterTexts.SumOf(Metrics, name));

    [Fact]
    public void The_commands_of_Redis_are_a_line_of_its_answer() => Assert.Equal(
        4711.0,
        CounterTexts.RedisCommandsOf("$60\r\n# Stats\r\ntotal_connections_received:9\r\ntotal_commands_processed:4711\r\n\r\n+OK\r\n")!.Value);

    [Fact]
    public void A_Redis_that_refuses_to_answer_has_no_counter() =>
        Assert.Null(CounterTexts.RedisCommandsOf("-NOAUTH Authentication required.\r\n+OK\r\n"));

    [Theory]
    [InlineData("127.0.0.1:5061;127.0.0.1:5062", "127.0.0.1:5061 127.0.0.1:5062")]
    [InlineData("127.0.0.1:5064, redis,password=secret", "127.0.0.1:5064 redis:6379")]
    [InlineData("", "")]
    public void The_servers_of_a_connection_string_have_no_options(string connection, string servers) => Assert.Equal(
        servers, string.Join(' ', CounterTexts.RedisServersOf(connection).Select(server => $"{server.Host}:{server.Port}")));
}
