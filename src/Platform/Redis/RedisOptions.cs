using StackExchange.Redis;

namespace TreasureHunt.Platform.Redis;

/// <summary>How every host talks to Redis: answer soon or fail at once, never queue up behind a dead server.</summary>
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
