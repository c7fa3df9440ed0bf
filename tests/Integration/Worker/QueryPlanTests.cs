using Npgsql;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.EventStore;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>The plans of prepared statements follow the growth of the tables before PostgreSQL analyzes these.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class QueryPlanTests(WorkerFixture workers)
{
    private readonly string _schema = $"it{Ids.FreshSlug()}";
    private int _claims;

    [Fact]
    public async Task Claims_after_many_new_treasures_are_decided_without_reading_whole_tables()
    {
        await using var eventStore = new StoredEvents(_schema, workers.ConnectionString);
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(workers.ConnectionString) { MaxAutoPrepare = 100, NoResetOnClose = true };
            await using var worker = new WorkerUnderTest(settings.ConnectionString, _schema, Servers.RedisLocks, _schema);
            await EventStoreSchema.ApplyAsync(worker.Store);
            await eventStore.Execute($"alter table {_schema}.mt_streams set (autovacuum_enabled = false)");
            await worker.Handle(new DraftHunt(Ids.Fresh(), AtMinute(0), "sale", "Autumn sale", AtMinute(0), AtMinute(120), null));
            await worker.Handle(new ChangeHunt(Ids.Fresh(), AtMinute(0), "sale", HuntChange.Open));
            await worker.Handle(new HideTreasure(Ids.Fresh(), AtMinute(0), "goose", "sale", "Golden goose", 1_000_000, 1, null, []));
            await eventStore.Execute($"analyze {_schema}.mt_streams");
            Assert.NotEqual(0, await DecideAndCountTableReads(worker, eventStore));

            await eventStore.Execute(
                $"insert into {_schema}.mt_streams (id, version) select 'other-' || n, 1 from generate_series(1, 10000) n");

            await Poll.Until("only indexes are read", async () => await DecideAndCountTableReads(worker, eventStore) == 0);
        }
        finally
        {
            await eventStore.Execute($"drop schema if exists {_schema} cascade");
        }
    }

    // More executions than PostgreSQL and Npgsql need to keep a statement and its plan. A session reports its scans now and then.
    private async Task<long> DecideAndCountTableReads(WorkerUnderTest worker, StoredEvents eventStore)
    {
        Task<long> Scans(string columns) => eventStore.Value<long>(
            $"select {columns} from pg_stat_user_tables where schemaname = '{_schema}' and relname = 'mt_streams'");

        var (tableReads, all) = (await Scans("seq_scan"), await Scans("seq_scan + idx_scan"));
        await Poll.Until("the session has reported its scans", async () =>
        {
            for (var n = 0; n < 15; n++)
            {
                await worker.Decide(Claim("goose", $"player-{_claims++}"));
            }

            return await Scans("seq_scan + idx_scan") > all;
        });
        return await Scans("seq_scan") - tableReads;
    }
}
