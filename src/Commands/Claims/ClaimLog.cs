using JasperFx;
using Marten;
using Npgsql;
using NpgsqlTypes;
using TreasureHunt.Commands.Hunts;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.Commands.Claims;

/// <summary>
/// The part of the log that claims are decided on, and their outcomes in it. It reads and writes Marten's own tables, each
/// with one statement for all treasures of a transaction: appending stream by stream and row by row cost more than deciding.
/// </summary>
public sealed class ClaimLog(IDocumentStore store, TimeProvider time)
{
    private readonly string _schema = store.Options.DatabaseSchemaName;
    private readonly ISerializer _json = store.Options.Serializer();

    /// <summary>Reads what the claims are decided on.</summary>
    /// <param name="huntOf">The hunt of a treasure; empty while it is not known.</param>
    /// <exception cref="UnknownEventException">A newer build has decided one of the claims with an event that this one does not know.</exception>
    /// <exception cref="InvalidMessageException">The id of a claim is the id of an event that decides none.</exception>
    public async Task<Read> Look(
        NpgsqlConnection connection, IReadOnlyList<string> treasures, IReadOnlyList<AcceptedClaim> claims, Func<string, string> huntOf, CancellationToken cancellation)
    {
        var streams = treasures.SelectMany(treasureId => new[] { StreamNames.Treasure(treasureId), StreamNames.Refusals(treasureId) }).ToArray();
        var hunts = treasures.Select(huntOf).Distinct().Select(StreamNames.Hunt).ToArray();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // Version and snapshot in one statement: they belong together.
                new($"select s.id, s.version, t.data from {_schema}.mt_streams s left join {_schema}.mt_doc_treasure t on t.id = s.id where s.id = any($1)") { Parameters = { new() { Value = streams } } },
                new($"select id, data from {_schema}.mt_doc_hunt where id = any($1)") { Parameters = { new() { Value = hunts } } },
                new($"select data, type, id from {_schema}.mt_events where id = any($1)") { Parameters = { new() { Value = claims.Select(claim => claim.ClaimId).ToArray() } } },
                SlotTable.Query(_schema, claims, huntOf),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var read = new Read();
        while (await reader.ReadAsync(cancellation))
        {
            var stream = reader.GetString(0);
            read.Versions[stream] = reader.GetInt64(1);
            if (!await reader.IsDBNullAsync(2, cancellation))
            {
                read.Treasures[stream] = _json.FromJson<Treasure>(reader, 2);
            }
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            read.Hunts[reader.GetString(0)] = _json.FromJson<Hunt>(reader, 1);
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var name = reader.GetString(1);
            if (!EventNames.Types.TryGetValue(name, out var type))
            {
                throw new UnknownEventException(name);
            }

            read.Earlier.Add(
                reader.GetGuid(2),
                _json.FromJson(type, reader, 0) as IClaimEvent ?? throw new InvalidMessageException($"The claim id is the id of another event, a {name}."));
        }

        await reader.NextResultAsync(cancellation);
        var withGaps = await SlotTable.Read(reader, read.Slots, cancellation);
        if (withGaps.Count > 0)
        {
            await reader.CloseAsync();
            await SlotTable.ReadGaps(connection, _schema, withGaps, read.Slots, cancellation);
        }

        return read;
    }

    /// <summary>Records decisions at the versions that were read.</summary>
    /// <exception cref="ConcurrencyException">Somebody else recorded something of these treasures meanwhile.</exception>
    public async Task Append(
        NpgsqlConnection connection, Read read, IReadOnlyList<IClaimEvent> decided, IReadOnlyDictionary<Guid, string?> traces, CancellationToken cancellation)
    {
        var treasures = decided.Select(decision => decision.TreasureId).Distinct().ToList();
        await Fence(connection, read, treasures, cancellation);

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
        SlotTable.Insert(batch, _schema, read.Slots.New);
        batch.BatchCommands.Add(new($"insert into {_schema}.mt_streams as s (id, version) select * from unnest($1, $2) on conflict (id) do update set version = excluded.version, timestamp = now()")
        {
            Parameters = { new() { Value = versions.Keys.ToArray() }, new() { Value = versions.Values.ToArray() } },
        });
        batch.BatchCommands.Add(rows.Insert(_schema, time.GetUtcNow()));
        if (awarded.Count > 0)
        {
            batch.BatchCommands.Add(new($"update {_schema}.mt_doc_treasure t set data = n.data, mt_version = n.version, mt_last_modified = now() from unnest($1, $2, $3) as n(id, data, version) where t.id = n.id")
            {
                Parameters =
                {
                    new() { Value = awarded.ConvertAll(version => version.Key).ToArray() },
                    new() { Value = awarded.ConvertAll(version => _json.ToJson(read.Treasures[version.Key])).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                    new() { Value = awarded.ConvertAll(version => version.Value).ToArray() },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    // A treasure's awards and refusals go to different streams, whose versions know nothing of each other, and yet share one
    // line of positions: the treasures are held, in one order, to the end of the transaction, and all streams must be as they were read.
    private async Task Fence(NpgsqlConnection connection, Read read, List<string> treasures, CancellationToken cancellation)
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
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetInt64(0) != all.Sum(stream => read.Versions.GetValueOrDefault(stream)))
        {
            throw new ConcurrencyException("Somebody else decided claims of the same treasures.", null);
        }
    }

    /// <summary>Everything that some claims are decided on. What is not there is in none of the dictionaries.</summary>
    public sealed class Read
    {
        /// <summary>By stream, of awards and of refusals.</summary>
        public Dictionary<string, long> Versions { get; } = [];

        /// <summary>By stream.</summary>
        public Dictionary<string, Treasure> Treasures { get; } = [];

        /// <summary>By stream.</summary>
        public Dictionary<string, Hunt> Hunts { get; } = [];

        /// <summary>Claims that are decided already, by their id.</summary>
        public Dictionary<Guid, IClaimEvent> Earlier { get; } = [];

        public Slots Slots { get; } = new();

        /// <summary>Changes when another writer has recorded a decision of these treasures, taken or returned a slot of these players, or decided one of these claims.</summary>
        public long State => HashCode.Combine(Versions.Values.Sum(), Slots.Count, Earlier.Count);
    }
}
