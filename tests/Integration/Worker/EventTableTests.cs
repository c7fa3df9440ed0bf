using Marten;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.EventStore;
using TreasureHunt.EventStore.Snapshots;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>The tables of events have no foreign key, and the tables whose rows are updated keep free space.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class EventTableTests(WorkerFixture workers)
{
    [Fact]
    public async Task A_new_event_store_has_no_foreign_key_and_keeps_space_for_updates()
    {
        Assert.Equal("none, mt_doc_treasure {fillfactor=50}, mt_streams {fillfactor=50}", await Tables(workers.EventStore, workers.Schema));
        await workers.First.Store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_event_store_of_an_earlier_build_loses_its_foreign_key_and_keeps_its_events()
    {
        var schema = $"it{Ids.FreshSlug()}";
        await using var eventStore = new StoredEvents(schema, workers.ConnectionString);
        try
        {
            // As an earlier build created it: without the changes to Marten's definitions.
            using (var earlier = DocumentStore.For(options =>
            {
                options.Connection(workers.ConnectionString);
                EventStoreRegistration.Configure(options, schema);
                SnapshotStorage.Configure(options);
            }))
            {
                await earlier.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
            }

            await eventStore.Execute($"alter table {schema}.mt_doc_treasure reset (fillfactor)");
            Assert.Equal("fkey_mt_events_stream_id", await Tables(eventStore, schema));

            await using var worker = new WorkerUnderTest(workers.ConnectionString, schema, Servers.RedisLocks, schema);
            await Record(worker, "goose");
            await EventStoreSchema.ApplyAsync(worker.Store);
            Assert.Equal("none, mt_doc_treasure {fillfactor=50}, mt_streams {fillfactor=50}", await Tables(eventStore, schema));

            await Record(worker, "swan");
            await EventStoreSchema.ApplyAsync(worker.Store);
            Assert.Equal("none, mt_doc_treasure {fillfactor=50}, mt_streams {fillfactor=50}", await Tables(eventStore, schema));
            // Of each treasure: the hunt and its opening, the treasure, an award, a refusal, a revocation.
            Assert.Equal(12, (await eventStore.All()).Count);
            Assert.Equal(0, await EventsWithoutStream(eventStore, schema));
        }
        finally
        {
            await eventStore.Execute($"drop schema if exists {schema} cascade");
        }
    }

    [Fact]
    public async Task Each_event_has_its_stream_whoever_appends_it()
    {
        await Record(workers.First, Ids.FreshSlug());
        await workers.First.Decide(Claim($"missing-{Ids.FreshSlug()}", "alice"), Claim($"missing-{Ids.FreshSlug()}", "bob"));

        Assert.Equal(0, await EventsWithoutStream(workers.EventStore, workers.Schema));
    }

    // Administrative commands append with Marten's function, claims with the engine's own statements.
    private static async Task Record(WorkerUnderTest worker, string treasureId)
    {
        var huntId = $"hunt-of-{treasureId}";
        await worker.Handle(new DraftHunt(Ids.Fresh(), AtMinute(0), huntId, "Autumn sale", AtMinute(0), AtMinute(120), null));
        await worker.Handle(new ChangeHunt(Ids.Fresh(), AtMinute(0), huntId, HuntChange.Open));
        await worker.Handle(new HideTreasure(Ids.Fresh(), AtMinute(0), treasureId, huntId, "Golden goose", 1, 1, null, []));
        var alice = Claim(treasureId, "alice");
        var outcomes = await worker.Decide(alice, Claim(treasureId, "bob"));
        Assert.Equal([Outcomes.Won, Reasons.TreasureExhausted], outcomes.Select(outcome => outcome.Outcome()));
        var revoked = await worker.Handle(treasureId, new RevokeAward(Ids.Fresh(), AtMinute(2), treasureId, alice.ClaimId, "returned"));
        Assert.Null(revoked.Problem);
    }

    private static Task<string> Tables(StoredEvents eventStore, string schema) => eventStore.Value<string>(
        $"""
         select concat_ws(', ',
           (select coalesce(string_agg(conname, ', '), 'none') from pg_constraint
            where contype = 'f' and conrelid = '{schema}.mt_events'::regclass),
           (select string_agg(relname || ' ' || reloptions::text, ', ' order by relname) from pg_class
            where relnamespace = '{schema}'::regnamespace and relkind = 'r' and reloptions is not null))
         """);

    private static Task<long> EventsWithoutStream(StoredEvents eventStore, string schema) => eventStore.Value<long>(
        $"""
         select count(*) from (select stream_id, max(version) as last from {schema}.mt_events group by stream_id) e
         left join {schema}.mt_streams s on s.id = e.stream_id where s.version is distinct from e.last
         """);
}
