using JasperFx;
using Npgsql;
using NpgsqlTypes;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.EventStore.Claims;

/// <content>Appends decisions.</content>
public sealed partial class ClaimEventStore
{
    /// <summary>
    /// Appends decisions at the versions that were loaded. All statements are sent at once, so that no lock waits for the worker. Unless
    /// the connection has a transaction, they are one transaction, which is committed when the method returns.
    /// </summary>
    /// <param name="states">The states after the decisions, by treasure id.</param>
    /// <param name="traceParents">The trace context of each claim, by claim id.</param>
    /// <exception cref="ConcurrencyException">Another writer has appended events to a stream of these treasures.</exception>
    public async Task AppendAsync(
        NpgsqlConnection connection, ClaimBatchState loaded, IReadOnlyList<IClaimEvent> decided,
        IReadOnlyDictionary<string, TreasureDecisionState> states, IReadOnlyDictionary<Guid, string?> traceParents,
        CancellationToken cancellationToken)
    {
        var versions = new Dictionary<string, long>();
        var rows = new EventRows(decided.Count);
        foreach (var decision in decided)
        {
            var stream = decision is ClaimRefused ? StreamNames.Refusals(decision.TreasureId) : StreamNames.Treasure(decision.TreasureId);
            versions[stream] = versions.GetValueOrDefault(stream, loaded.Versions.GetValueOrDefault(stream)) + 1;
            rows.Add(decision, stream, versions[stream], traceParents[decision.ClaimId]);
        }

        await using var batch = new NpgsqlBatch(connection);
        // Before the events: a conflict must use up no sequence numbers, because the projections would wait for them.
        AddVersionCheck(batch, loaded, decided.Select(decision => decision.TreasureId).Distinct().ToList());
        ReservationTable.AddInsert(batch, _schema, loaded.Reservations.NewReservations);
        batch.BatchCommands.Add(
            new(
                $"""
                 insert into {_schema}.mt_streams as s (id, version) select * from unnest($1, $2)
                 on conflict (id) do update set version = excluded.version, timestamp = now()
                 """)
            {
                Parameters = { new() { Value = versions.Keys.ToArray() }, new() { Value = versions.Values.ToArray() } },
            });
        batch.BatchCommands.Add(rows.CreateInsert(_schema, timeProvider.GetUtcNow()));
        var awarded = decided.OfType<TreasureAwarded>().Select(award => award.TreasureId).Distinct().ToList();
        if (awarded.Count > 0)
        {
            batch.BatchCommands.Add(SnapshotUpdate(awarded.ConvertAll(treasureId => states[treasureId].Treasure!), versions));
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            throw new ConcurrencyException("Another writer decided claims of the same treasures.", null);
        }
    }

    private NpgsqlBatchCommand SnapshotUpdate(List<Treasure> treasures, Dictionary<string, long> versions) => new(
        $"""
         update {_schema}.mt_doc_treasure t set data = n.data, mt_version = n.version, mt_last_modified = now()
         from unnest($1, $2, $3) as n(id, data, version) where t.id = n.id
         """)
    {
        Parameters =
        {
            new() { Value = treasures.ConvertAll(treasure => treasure.Id).ToArray() },
            new()
            {
                Value = treasures.ConvertAll(treasure => _json.ToJson(treasure)).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
            },
            new() { Value = treasures.ConvertAll(treasure => versions[treasure.Id]).ToArray() },
        },
    };

    // Awards and refusals of a treasure are in two streams with independent versions, but share one sequence of positions. Therefore
    // the treasures' streams are locked, in one order, until the transaction ends, and all versions must be those that were loaded.
    private void AddVersionCheck(NpgsqlBatch batch, ClaimBatchState loaded, List<string> treasures)
    {
        var locked = treasures.ConvertAll(StreamNames.Treasure);
        var all = locked.Concat(treasures.Select(StreamNames.Refusals)).ToArray();
        batch.BatchCommands.Add(
            new($"select from {_schema}.mt_streams where id = any($1) order by id for update")
            {
                Parameters = { new() { Value = locked.ToArray() } },
            });
        // A statement of its own: it sees what was recorded while the first one waited. SQL has no other way to fail without a function.
        batch.BatchCommands.Add(
            new(
                $"""
                 select 1 / (coalesce(sum(version), 0) = $2)::int /* fails when another writer was first */
                 from {_schema}.mt_streams where id = any($1)
                 """)
            {
                Parameters = { new() { Value = all }, new() { Value = all.Sum(stream => loaded.Versions.GetValueOrDefault(stream)) } },
            });
    }
}
