using Marten;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore;
using TreasureHunt.EventStore.Snapshots;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Deciding.OpenHuntFixture;

namespace TreasureHunt.Integration.Deciding;

/// <summary>An event store of an earlier build, which had no headers, is migrated and goes on.</summary>
public sealed class SchemaMigrationTests
{
    [Fact]
    public async Task Events_without_headers_stay_and_the_next_ones_have_them()
    {
        var schema = $"it{Ids.FreshSlug()}";
        await using var log = new StoredEvents(schema, Servers.Postgres);
        try
        {
            await using (var earlier = Store(schema, options => options.Events.MetadataConfig.HeadersEnabled = false))
            {
                await earlier.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
                await using var session = earlier.LightweightSession();
                session.Events.Append(StreamNames.Hunt("sale"), new HuntDrafted("sale", At(0), "Autumn sale", At(0), At(60), null));
                await session.SaveChangesAsync(TestContext.Current.CancellationToken);
            }

            await using (var now = Store(schema, _ => { }))
            {
                await now.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
            }

            await using var desk = new WorkerUnderTest(Servers.Postgres, schema, Servers.RedisLocks, schema);
            Assert.Null(
                (await desk.Handle(
                    new ChangeHunt(
                        Ids.Fresh(), At(0), "sale", HuntChange.Open)
                    { By = new Actor("erika", "t-1", null, Actor.Http) })).Problem);
            await desk.Handle(new HideTreasure(Ids.Fresh(), At(0), "goose", "sale", "Golden goose", 1, 1, null, []));
            Assert.IsType<TreasureAwarded>(Assert.Single(await desk.Decide(Claim("goose", "alice"))));

            Assert.Equal(
                ["hunt-drafted.v1 ", "hunt-opened.v1 erika", "treasure-hidden.v1 nobody", "treasure-awarded.v1 "],
                (await log.Value<string[]>(
                $"select array_agg(type || ' ' || case when headers is null then '' else coalesce(headers->'by'->>'subject', 'nobody') end order by seq_id) from {schema}.mt_events")));
        }
        finally
        {
            await log.Execute($"drop schema if exists {schema} cascade");
        }
    }

    [Fact]
    public async Task Replays_without_administrators_stay_and_the_next_ones_can_have_them()
    {
        var schema = $"it{Ids.FreshSlug()}";
        await using var log = new StoredEvents(schema, Servers.Postgres);
        try
        {
            await using var store = Store(schema, _ => { });
            await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
            await log.Execute($"alter table {schema}.replays drop column requested_by");
            await log.Execute($"insert into {schema}.replays values (gen_random_uuid(), 'hunts', 1, 'build', null, now(), '{{}}')");

            await using var now = Store(schema, _ => { });
            await now.Storage.ApplyAllConfiguredChangesToDatabaseAsync();

            Assert.Equal(1, await log.Value<long>($"select count(*) from {schema}.replays where requested_by is null"));
        }
        finally
        {
            await log.Execute($"drop schema if exists {schema} cascade");
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
