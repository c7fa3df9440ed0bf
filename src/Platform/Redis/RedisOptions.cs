using StackExchange.Redis;

namespace TreasureHunt.Platform.Redis;

/// <summary>Redis settings of every host: without a connection, requests fail at once and are not queued.</summary>
public static class RedisOptions
{
    public static ConfigurationOptions Parse(string endpoints)
    {
        var options = ConfigurationOptions.Parse(endpoints);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = 2_000;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        options.ClientName = "treasure-hunt";
        return options;
    }
}
