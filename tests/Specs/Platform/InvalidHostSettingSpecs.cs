using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>A host refuses invalid settings.</summary>
public class InvalidHostSettingSpecs
{
    public static TheoryData<string> Hosts => [.. HostRun.Hosts];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Each_invalid_setting_is_reported_with_a_sentence_without_a_stack_trace(string host)
    {
        var run =
            await HostRun.Of(
                host, [], ("ConnectionStrings__RedisReadModels", null), ("ConnectionStrings__RabbitMq", null),
                ("ReadModels__KeepPrevious", "3600"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector"));
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            [
                "ConnectionStrings__RabbitMq is not set, and this host cannot start without it: amqp://user:password@host:port/vhost.",
                "ConnectionStrings__RedisReadModels is not set, and this host cannot start without it: host:port,host:port,….",
                "OTEL_EXPORTER_OTLP_ENDPOINT is 'collector': it must be an absolute address such as http://127.0.0.1:4318.",
                "ReadModels__KeepPrevious is '3600': a duration needs a unit, such as 3600s or 00:05:00.",
            ],
            run.Sentences.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Projections", "Audit__Every", "300", "Audit__Every is '300': a duration needs a unit, such as 300s or 00:05:00.")]
    [InlineData("Projections", "Audit__Every", "60d", "Audit__Every is '60d': it must be 0s to 7d.")]
    [InlineData("Projections", "ReadModels__KeepPrevious", "24:00:00", "ReadModels__KeepPrevious is '24:00:00': it must be a duration such as 250ms, 30s, 5m, 2h, 7d or 00:05:00.")]
    [InlineData("Projections", "EventStore__Schema", "hunt; drop schema x", "EventStore__Schema is 'hunt; drop schema x': it must be ^[a-z_][a-z0-9_]{0,62}$.")]
    [InlineData("Commands", "EventStore__Schema", "Hunt", "EventStore__Schema is 'Hunt': it must be ^[a-z_][a-z0-9_]{0,62}$.")]
    [InlineData("Commands", "Shards__Count", "65", "Shards__Count is '65': it must be 1 to 64.")]
    [InlineData("Api", "Shards__Count", "four", "Shards__Count is 'four': it must be a whole number, with digits only, such as 10000.")]
    [InlineData("Api", "Shutdown__DrainSeconds", "9", "Shutdown__DrainSeconds is '9': it must be 0 to 8.")]
    [InlineData("Api", "Shutdown__DrainSeconds", "-1", "Shutdown__DrainSeconds is '-1': it must be 0 to 8.")]
    [InlineData("Api", "ReadModels__Prefix", "a b", "ReadModels__Prefix is 'a b': it must be ^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$.")]
    [InlineData("Api", "ConnectionStrings__RabbitMq", "http://hunt:x@127.0.0.1/hunt", "ConnectionStrings__RabbitMq is 'http://hunt:***@127.0.0.1/hunt': its scheme is 'http', which is neither amqp nor amqps. It looks like amqp://user:password@host:port/vhost.")]
    [InlineData("Api", "ConnectionStrings__RabbitMq", "amqp://127.0.0.1/hunt", "ConnectionStrings__RabbitMq is 'amqp://127.0.0.1/hunt': it names no user and password. It looks like amqp://user:password@host:port/vhost.")]
    [InlineData("Commands", "DeadLetters__Connection", "foo", "DeadLetters__Connection: it is not an address. It looks like amqp://user:password@host:port/vhost.")]
    [InlineData("Api", "ConnectionStrings__RabbitMq", "127.0.0.1", "ConnectionStrings__RabbitMq: it is not an address. It looks like amqp://user:password@host:port/vhost.")]
    [InlineData("Commands", "ConnectionStrings__Postgres", "Host=127.0.0.1;Pasword=x", "ConnectionStrings__Postgres: Couldn't set pasword. It looks like Host=…;Username=…;Password=….")]
    [InlineData("Commands", "ConnectionStrings__Postgres", "Username=hunt;Password=x", "ConnectionStrings__Postgres is 'Username=hunt;Password=***': it names no Host. It looks like Host=…;Username=…;Password=….")]
    [InlineData("Commands", "ConnectionStrings__RedisLocks", "127.0.0.1:1;127.0.0.1:1;127.0.0.1:2", "ConnectionStrings__RedisLocks is '127.0.0.1:1;127.0.0.1:1;127.0.0.1:2': it names a master twice; the masters must be independent. It looks like host:port;host:port;host:port.")]
    [InlineData("Api", "ConnectionStrings__Memcached", "127.0.0.1:0", "ConnectionStrings__Memcached is '127.0.0.1:0': '127.0.0.1:0' is not a memcached server. Its form is host:port. It looks like host:port,host:port,….")]
    [InlineData("Commands", "Logging__Format", "xml", "Logging__Format is 'xml': it must be plain or json.")]
    [InlineData("Api", "Logging__LogLevel__Default", "Loud", "Logging__LogLevel__Default is 'Loud': it must be one of Trace, Debug, Information, Warning, Error, Critical, None.")]
    public async Task An_invalid_value_is_refused(string host, string name, string value, string message)
    {
        var run = await HostRun.Check(host, (name, value));
        Assert.Equal((2, message), (run.ExitCode, run.Errors.TrimEnd()));
        Assert.Contains(
            message,
            System.Text.Json.JsonDocument.Parse(run.Output).RootElement.GetProperty("problems").EnumerateArray().Select(
                problem => problem.GetString()));
    }
}
