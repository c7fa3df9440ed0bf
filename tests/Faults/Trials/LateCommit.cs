using TreasureHunt.Faults.Servers;
using TreasureHunt.LoadGenerator;

namespace TreasureHunt.Faults.Trials;

/// <summary>
/// An admin command whose transaction has taken its sequence but commits late, after claims with higher sequences. A trigger makes it wait
/// for an advisory lock of the suite. The command adds a treasure, so that no claim waits for its stream.
/// </summary>
internal sealed class LateCommit : IAsyncDisposable
{
    /// <summary>Key of the advisory lock that delays the commit.</summary>
    private const int CommitKey = 4711;

    /// <summary>Class of a lock that publishes the sequence to other sessions: the lock's object id is the sequence.</summary>
    private const int SequenceClass = 4712;

    private readonly FaultScenario _scenario;
    private readonly PostgresLock _commitLock;
    private readonly Task _command;

    private LateCommit(FaultScenario scenario, PostgresLock commitLock) =>
        (_scenario, _commitLock, _command) = (scenario, commitLock, SendCommand(scenario));

    /// <summary>The sequence of the event that is not committed.</summary>
    public long Sequence { get; private set; }

    /// <summary>Begins the transaction. It commits when this is disposed, at the latest by the scenario.</summary>
    public static async Task<LateCommit> Begin(FaultScenario scenario)
    {
        var events = $"{ServerAddresses.Schema}.mt_events";
        await scenario.Execute($"""
            create or replace function {ServerAddresses.Schema}.wait_before_commit() returns trigger language plpgsql as $$
            begin
              perform pg_advisory_xact_lock_shared({SequenceClass}, new.seq_id::int);
              perform pg_advisory_xact_lock_shared({CommitKey});
              return new;
            end $$;
            create or replace trigger late_commit after insert on {events}
              for each row when (new.type like 'treasure-hidden%') execute function {ServerAddresses.Schema}.wait_before_commit();
            """);
        var commitLock = await PostgresLock.Acquire(
            scenario.Postgres, ServerAddresses.Schema, $"select pg_advisory_xact_lock({CommitKey})");
        var late = scenario.Own(new LateCommit(scenario, commitLock));
        await Poll.Until("the admin command has its sequence", async () => (late.Sequence = await scenario.QueryScalar<long>(
            $"select coalesce(max(objid::bigint), 0) from pg_locks where locktype = 'advisory' and classid = {SequenceClass}")) > 0);
        await Poll.Until(
            "events with higher sequences are committed",
            async () => await scenario.QueryScalar<long>($"select max(seq_id) from {events}") > late.Sequence);
        return late;
    }

    public async ValueTask DisposeAsync()
    {
        await _commitLock.DisposeAsync();
        try
        {
            await _command;
        }
        catch (LoadException)
        {
            // Other faults delayed it beyond the client's timeout. A retry with the same key has one effect.
            await SendCommand(_scenario);
        }

        await _scenario.Execute(
            $"drop trigger late_commit on {ServerAddresses.Schema}.mt_events; drop function {ServerAddresses.Schema}.wait_before_commit()");
    }

    private static Task SendCommand(FaultScenario scenario)
    {
        var (huntId, treasureId) = (scenario.Hunt.HuntId, $"{scenario.Hunt.HuntId}-late");
        return scenario.Admin.CommandAsync(
            $"/v1/hunts/{huntId}/treasures", treasureId, new { treasureId, name = "A latecomer", stock = 5 }, CancellationToken.None);
    }
}
