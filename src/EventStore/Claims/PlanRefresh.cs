using System.Collections.Concurrent;
using Npgsql;

namespace TreasureHunt.EventStore.Claims;

/// <summary>Determines when a session of PostgreSQL must make new plans for its prepared statements.</summary>
/// <remarks>
/// PostgreSQL keeps the plan of a prepared statement until a table of the statement is analyzed, which may take a minute. A plan from the
/// time when a table was nearly empty reads the whole table and compares each row with each value of an array: after 5,000 new treasures,
/// a transaction takes some 100 ms longer. A new plan for each execution (<c>plan_cache_mode</c>) would cost up to 1.5 ms each time.
/// </remarks>
internal sealed class PlanRefresh(TimeProvider timeProvider)
{
    /// <summary>Within this time a table grows only by rows that are read fast.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    // By the session's process id. A number that PostgreSQL uses again is refreshed too early or a second late.
    private readonly ConcurrentDictionary<int, long> _refreshed = [];

    /// <summary>Adds the command that discards the plans of the session, at most once a second.</summary>
    public void AddIfDue(NpgsqlBatch batch, int processId)
    {
        var now = timeProvider.GetTimestamp();
        if (!_refreshed.TryGetValue(processId, out var last) || timeProvider.GetElapsedTime(last, now) >= MaxAge)
        {
            _refreshed[processId] = now;
            batch.BatchCommands.Add(new("discard plans"));
        }
    }
}
