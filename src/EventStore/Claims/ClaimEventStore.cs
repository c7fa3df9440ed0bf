using JasperFx;
using Marten;
using Npgsql;
using NpgsqlTypes;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.EventStore.Claims;

/// <summary>
/// Loads the state that claims are decided on, and appends the events that decide them. It reads and writes Marten's own tables with one
/// statement each for all treasures of a transaction: appending stream by stream and row by row cost more than deciding.
/// </summary>
public sealed class ClaimEventStore(IDocumentStore store, TimeProvider timeProvider)
{
    private readonly string _schema = store.Options.DatabaseSchemaName;
    private readonly ISerializer _json = store.Options.Serializer();

    /// <summary>Reads what the claims are decided on.</summary>
    /// <param name="huntOf">The hunt of a treasure; empty while it is not known.</param>
    /// <exception cref="UnknownEventException">
    /// A newer build has decided one of the claims with an event that this one does not know.
    /// </exception>
    /// <exception cref="InvalidMessageException">The id of a claim is the id of an event that decides none.</exception>
    public async Task<ClaimBatchState> LoadAsync(
        NpgsqlConnection connection, IReadOnlyList<string> treasures, IReadOnlyList<AcceptedClaim> claims, Func<string, string> huntOf,
        CancellationToken cancellationToken)
    {
        var streams = treasures.SelectMany(treasureId => new[] { StreamNames.Treasure(treasureId), StreamNames.Refusals(treasureId) })
            .ToArray();
        var hunts = treasures.Select(huntOf).Distinct().Select(StreamNames.Hunt).ToArray();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // Version and snapshot in one statement: they belong together.
                new($"select s.id, s.version, t.data from {_schema}.mt_streams s left join {_schema}.mt_doc_treasure t on t.id = s.id where s.id = any($1)") { Parameters = { new() { Value = streams } } },
                new($"select id, data from {_schema}.mt_doc_hunt where id = any($1)") { Parameters = { new() { Value = hunts } } },
                new($"select data, type, id from {_schema}.mt_events where id = any($1)") { Parameters = { new() { Value = claims.Select(
                    claim => claim.ClaimId).ToArray() } } },
                ReservationTable.Query(_schema, claims, huntOf),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var read = new ClaimBatchState();
        while (await reader.ReadAsync(cancellationToken))
        {
            var stream = reader.GetString(0);
            read.Versions[stream] = reader.GetInt64(1);
            if (!await reader.IsDBNullAsync(2, cancellationToken))
            {
                read.Treasures[stream] = _json.FromJson<Treasure>(reader, 2);
            }
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            read.Hunts[reader.GetString(0)] = _json.FromJson<Hunt>(reader, 1);
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var name = reader.GetString(1);
            if (!EventNames.Types.TryGetValue(name, out var type))
            {
                throw new UnknownEventException(name);
            }

            read.Earlier.Add(
                reader.GetGuid(2),
                _json.FromJson(type, reader, 0) as IClaimEvent
                    ?? throw new InvalidMessageException($"The claim id is the id of another event, a {name}."));
        }

        await reader.NextResultAsync(cancellationToken);
        var withGaps = await ReservationTable.ReadAsync(reader, read.Reservations, cancellationToken);
        if (withGaps.Count > 0)
        {
            await reader.CloseAsync();
            await ReservationTable.ReadGapsAsync(connection, _schema, withGaps, read.Reservations, cancellationToken);
        }

        return read;
    }

    /// <summary>Records decisions at the versions that were read.</summary>
    /// <exception cref="ConcurrencyException">Another writer has appended events to a stream of these treasures.</exception>
    public async Task AppendAsync(
        NpgsqlConnection connection, ClaimBatchState read, IReadOnlyList<IClaimEvent> decided, IReadOnlyDictionary<Guid, string?> traces,
        CancellationToken cancellationToken)
    {
        var treasures = decided.Select(decision => decision.TreasureId).Distinct().ToList();
        await LockAndCheckVersionsAsync(connection, read, treasures, cancellationToken);

        var versions = new Dictionary<string, long>();
        var rows = new EventRows(decided.Count);
        foreach (var decision in decided)
        {
            var stream = decision is ClaimRefused ? StreamNames.Refusals(decision.TreasureId) : StreamNames.Treasure(decision.TreasureId);
            versions[stream] = versions.GetValueOrDefault(stream, read.Versions.GetValueOrDefault(stream)) + 1;
            rows.Add(decision, stream, versions[stream], _json.ToJson(decision), traces[decision.ClaimId]);
            if (decision is not ClaimRefused)
            {
                read.Treasures[stream] = Treasure.Evolve(read.Treasures[stream], decision)!;
            }
        }

        var awarded = versions.Where(version => read.Treasures.ContainsKey(version.Key)).ToList();
        await using var batch = new NpgsqlBatch(connection);
        // Before the events: a collision must burn no sequence numbers, for which the projections would wait.
        ReservationTable.Insert(batch, _schema, read.Reservations.New);
        batch.BatchCommands.Add(
            new($"insert into {_schema}.mt_streams as s (id, version) select * from unnest($1, $2) on conflict (id) do update set version = excluded.version, timestamp = now()")
            {
                Parameters = { new() { Value = versions.Keys.ToArray() }, new() { Value = versions.Values.ToArray() } },
            });
        batch.BatchCommands.Add(rows.Insert(_schema, timeProvider.GetUtcNow()));
        if (awarded.Count > 0)
        {
            batch.BatchCommands.Add(
                new($"update {_schema}.mt_doc_treasure t set data = n.data, mt_version = n.version, mt_last_modified = now() from unnest($1, $2, $3) as n(id, data, version) where t.id = n.id")
                {
                    Parameters =
                {
                    new() { Value = awarded.ConvertAll(version => version.Key).ToArray() },
                    new() { Value = awarded.ConvertAll(version => _json.ToJson(read.Treasures[version.Key]))
                        .ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                    new() { Value = awarded.ConvertAll(version => version.Value).ToArray() },
                },
                });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    // A treasure's awards and refusals go to different streams, whose versions are independent, but they share one
    // sequence of positions: the streams of the treasures are locked in one order until the transaction ends, and all versions must be
    // those that were read.
    private async Task LockAndCheckVersionsAsync(
        NpgsqlConnection connection, ClaimBatchState read, List<string> treasures, CancellationToken cancellationToken)
    {
        var held = treasures.ConvertAll(StreamNames.Treasure);
        var all = held.Concat(treasures.Select(StreamNames.Refusals)).ToArray();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select from {_schema}.mt_streams where id = any($1) order by id for update") { Parameters = { new() { Value = held.ToArray() } } },
                // A statement of its own: it sees what was recorded while the first one waited.
                new($"select coalesce(sum(version), 0)::bigint from {_schema}.mt_streams where id = any($1)") { Parameters = { new() { Value = all } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.GetInt64(0) != all.Sum(stream => read.Versions.GetValueOrDefault(stream)))
        {
            throw new ConcurrencyException("Another writer decided claims of the same treasures.", null);
        }
    }

    /// <summary>The state that a batch of claims is decided on. A stream that does not exist is in none of the dictionaries.</summary>
    public sealed class ClaimBatchState
    {
        /// <summary>By stream, of awards and of refusals.</summary>
        public Dictionary<string, long> Versions { get; } = [];

        /// <summary>By stream.</summary>
        public Dictionary<string, Treasure> Treasures { get; } = [];

        /// <summary>By stream.</summary>
        public Dictionary<string, Hunt> Hunts { get; } = [];

        /// <summary>Claims that are decided already, by their id.</summary>
        public Dictionary<Guid, IClaimEvent> Earlier { get; } = [];

        public QuotaReservations Reservations { get; } = new();

        /// <summary>
        /// Changes when another writer has recorded a decision of these treasures, taken or released a reservation of these players, or
        /// decided one of these claims.
        /// </summary>
        public long State => HashCode.Combine(Versions.Values.Sum(), Reservations.Count, Earlier.Count);
    }
}
