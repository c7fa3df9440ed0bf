using TreasureHunt.Cli;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Trials;

/// <summary>
/// An admin's command that has drawn its sequence and does not come to its commit, while claims with later sequences do: a trigger waits
/// for an advisory lock that the suite holds. It hides another treasure, whose stream nobody else waits for.
/// </summary>
internal sealed class LateCommit : IAsyncDisposable
{
    private const int Key = 4711;

    /// <summary>Class of a lock that nobody waits for: its number is the sequence that was drawn, for others to see.</summary>
    private const int Drawn = 4712;

    private readonly FaultScenario _scene;
    private readonly LockHold _holder;
    private readonly Task _command;

    private LateCommit(FaultScenario scene, LockHold holder) => (_scene, _holder, _command) = (scene, holder, Send(scene));

    /// <summary>The sequence that it has drawn.</summary>
    public long Sequence { get; private set; }

    /// <summary>Begins it, and leaves it to the scene until it is disposed.</summary>
    public static async Task<LateCommit> Begin(FaultScenario scene)
    {
        var events = $"{ServerAddresses.Schema}.mt_events";
        await scene.Execute($"""
            create or replace function {ServerAddresses.Schema}.wait_before_commit() returns trigger language plpgsql as $$
            begin
              perform pg_advisory_xact_lock_shared({Drawn}, new.seq_id::int);
              perform pg_advisory_xact_lock_shared({Key});
              return new;
            end $$;
            create or replace trigger late_commit after insert on {events} for each row when (new.type like 'treasure-hidden%') execute function {ServerAddresses.Schema}.wait_before_commit();
            """);
        var holder = await LockHold.Take(scene.Postgres, ServerAddresses.Schema, $"select pg_advisory_xact_lock({Key})");
        var late = scene.Keep(new LateCommit(scene, holder));
        await Until.True("the late command has drawn its sequence", async () =>
            (late.Sequence = await scene.Value<long>(
                $"select coalesce(max(objid::bigint), 0) from pg_locks where locktype = 'advisory' and classid = {Drawn}")) > 0);
        await Until.True(
            "others commit behind it", async () => await scene.Value<long>($"select max(seq_id) from {events}") > late.Sequence);
        return late;
    }

    public async ValueTask DisposeAsync()
    {
        await _holder.DisposeAsync();
        try
        {
            await _command;
        }
        catch (CliException)
        {
            // Other faults have held it for longer than an admin is patient, who asks again with the same key.
            await Send(_scene);
        }

        await _scene.Execute(
            $"drop trigger late_commit on {ServerAddresses.Schema}.mt_events; drop function {ServerAddresses.Schema}.wait_before_commit()");
    }

    private static Task Send(FaultScenario scene)
    {
        var (huntId, treasureId) = (scene.Stage.HuntId, $"{scene.Stage.HuntId}-late");
        return scene.Desk.CommandAsync(
            $"/v1/hunts/{huntId}/treasures", treasureId, new { treasureId, name = "A latecomer", stock = 5 }, CancellationToken.None);
    }
}
