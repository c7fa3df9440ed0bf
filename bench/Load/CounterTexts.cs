using System.Globalization;

namespace TreasureHunt.Load;

/// <summary>Parses the texts in which servers report their counters.</summary>
public static class CounterTexts
{
    private const string RedisCommands = "total_commands_processed:";

    private const int DefaultRedisPort = 6379;

    /// <summary>Sums a metric over all labels, in Prometheus' text format without timestamps. The sum of a missing metric is 0.</summary>
    public static double SumOf(string metrics, string name) => Lines(metrics)
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is '{' or ' ')
        .Sum(line => Number(line[(line.LastIndexOf(' ') + 1)..]));

    /// <summary>
    /// The commands that a Redis server has executed, from its answer to <c>INFO stats</c>; null when it has refused to answer, for example
    /// without a password.
    /// </summary>
    public static double? RedisCommandsOf(string answer) =>
        Lines(answer).FirstOrDefault(line => line.StartsWith(RedisCommands, StringComparison.Ordinal)) is { } found
            ? Number(found[RedisCommands.Length..])
            : null;

    /// <summary>The servers of a connection string of Redis, without its options.</summary>
    public static IEnumerable<(string Host, int Port)> RedisServersOf(string connection) => connection
        .Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(part => !part.Contains('=', StringComparison.Ordinal))
        .Select(part => part.LastIndexOf(':') is var colon and > 0
            ? (part[..colon], int.Parse(part[(colon + 1)..], CultureInfo.InvariantCulture))
            : (part, DefaultRedisPort));

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
