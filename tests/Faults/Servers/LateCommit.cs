using Npgsql;
using TreasureHunt.Cli;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Servers;

/// <summary>
/// An admin's command that has drawn its sequence and does not come to its commit, while claims with later sequences do: a trigger waits for an advisory lock that the suite holds.
/// </summary>
internal sealed class LateCommit : IAsyncDisposable
{
    private const int Key = 4711;

    private readonly Scene _scene;
    private readonly NpgsqlConnection _holder;
    private readonly Task _command;
    private readonly long _before;

    private LateCommit(Scene scene, NpgsqlConnection holder, long before) => (_scene, _holder, _command, _before) = (scene, holder, Send(scene), before);

    /// <summary>Begins it, and leaves it to the scene until it is disposed.</summary>
    public static async Task<LateCommit> Begin(Scene scene)
    {
        var events = $"{Places.Schema}.mt_events";
        await scene.Execute($"""
            create or replace function {Places.Schema}.wait_before_commit() returns trigger language plpgsql as $$
            begin
              perform pg_advisory_xact_lock_shared({Key});
              return new;
            end $$;
            create or replace trigger late_commit after insert on {events} for each row when (new.type like 'treasure-restocked%') execute function {Places.Schema}.wait_before_commit();
            """);
        var holder = await scene.Postgres.OpenConnectionAsync();
        await using (var hold = new NpgsqlCommand($"select pg_advisory_lock({Key})", holder))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var before = await scene.Value<long>($"select max(seq_id) from {events}");
        var late = scene.Keep(new LateCommit(scene, holder, before));
        await Until.True("the late command waits", async () => await scene.Value<long>("select count(*) from pg_locks where locktype = 'advisory' and not granted") > 0);
        await Until.True("others commit behind it", async () => await scene.Value<long>($"select max(seq_id) from {events}") > before + 1);
        return late;
    }

    /// <summary>The first sequence after those that were committed when it began and that nobody can see: its own.</summary>
    public Task<long> Sequence() => _scene.Value<long>(
        $"select min(n) from generate_series({_before + 1}, (select max(seq_id) from {Places.Schema}.mt_events)) n where n not in (select seq_id from {Places.Schema}.mt_events)");

    public async ValueTask DisposeAsync()
    {
        // With the connection its lock is gone.
        await _holder.DisposeAsync();
        try
        {
            await _command;
        }
        catch (ComplaintException)
        {
            // Other faults have held it for longer than an admin is patient, who asks again with the same key.
            await Send(_scene);
        }

        await _scene.Execute($"drop trigger late_commit on {Places.Schema}.mt_events; drop function {Places.Schema}.wait_before_commit()");
    }

    private static Task Send(Scene scene)
    {
        var treasure = scene.Stage.Treasures[0];
        return scene.Desk.CommandAsync($"/v1/treasures/{treasure}/restock", $"{treasure}-late", new { units = 5 }, CancellationToken.None);
    }
}
