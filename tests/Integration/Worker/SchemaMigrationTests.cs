using Marten;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore;
using TreasureHunt.EventStore.Snapshots;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>The migration of an event store that an earlier build created.</summary>
public sealed class SchemaMigrationTests
{
    [Fact]
    public async Task Events_without_headers_remain_and_new_events_have_headers()
    {
        var schema = $"it{Ids.FreshSlug()}";
        await using var eventStore = new StoredEvents(schema, Servers.Postgres);
        try
        {
            await using (var earlier = Store(schema, options => options.Events.MetadataConfig.HeadersEnabled = false))
            {
                await earlier.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
                await using var session = earlier.LightweightSession();
                session.Events.Append(
                    StreamNames.Hunt("sale"), new HuntDrafted("sale", AtMinute(0), "Autumn sale", AtMinute(0), AtMinute(60), null));
                await session.SaveChangesAsync(TestContext.Current.CancellationToken);
            }

            await using (var now = Store(schema, _ => { }))
            {
                await EventStoreSchema.ApplyAsync(now);
            }

            await using var worker = new WorkerUnderTest(Servers.Postgres, schema, Servers.RedisLocks, schema);
            Assert.Null(
                (await worker.Handle(
                    new ChangeHunt(
                        Ids.Fresh(), AtMinute(0), "sale", HuntChange.Open)
                    { By = new Actor("erika", "t-1", null, Actor.Http) })).Problem);
            await worker.Handle(new HideTreasure(Ids.Fresh(), AtMinute(0), "goose", "sale", "Golden goose", 1, 1, null, []));
            Assert.IsType<TreasureAwarded>(Assert.Single(await worker.Decide(Claim("goose", "alice"))));

            Assert.Equal(
                ["hunt-drafted.v1 ", "hunt-opened.v1 erika", "treasure-hidden.v1 none", "treasure-awarded.v1 "],
                await eventStore.Value<string[]>(
                    $"""
                     select array_agg(
                       type || ' ' || case when headers is null then '' else coalesce(headers->'by'->>'subject', 'none') end
                       order by seq_id)
                     from {schema}.mt_events
                     """));
        }
        finally
        {
            await eventStore.Execute($"drop schema if exists {schema} cascade");
        }
    }

    [Fact]
    public async Task Replays_without_a_requester_remain_and_new_ones_can_record_it()
    {
        var schema = $"it{Ids.FreshSlug()}";
        await using var eventStore = new StoredEvents(schema, Servers.Postgres);
        try
        {
            await using var store = Store(schema, _ => { });
            await EventStoreSchema.ApplyAsync(store);
            await eventStore.Execute($"alter table {schema}.replays drop column requested_by");
            await eventStore.Execute($"insert into {schema}.replays values (gen_random_uuid(), 'hunts', 1, 'build', null, now(), '{{}}')");

            await using var now = Store(schema, _ => { });
            await EventStoreSchema.ApplyAsync(now);

            Assert.Equal(1, await eventStore.Value<long>($"select count(*) from {schema}.replays where requested_by is null"));
        }
        finally
        {
            await eventStore.Execute($"drop schema if exists {schema} cascade");
        }
    }

    private static DocumentStore Store(string schema, Action<StoreOptions> change) => DocumentStore.For(options =>
    {
        options.Connection(Servers.Postgres);
        EventStoreRegistration.Configure(options, schema);
        SnapshotStorage.Configure(options);
        change(options);
    });
}
