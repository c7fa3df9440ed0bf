using JasperFx;
using Marten;
using Npgsql;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.EventStore.Bodies;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.EventStore.Claims;

/// <summary>
/// Loads the state that claims are decided on, and appends the events that decide them. It reads and writes Marten's own tables with one
/// statement each for all treasures of a transaction. To append stream by stream and row by row would cost more than to decide.
/// </summary>
public sealed partial class ClaimEventStore(IDocumentStore store, TimeProvider timeProvider)
{
    private readonly string _schema = store.Options.DatabaseSchemaName;
    private readonly ISerializer _json = store.Options.Serializer();
    private readonly PlanRefresh _plans = new(timeProvider);

    /// <summary>Loads the state that the claims are decided on.</summary>
    /// <param name="huntIdOf">Returns the hunt id of a treasure; empty while it is not known.</param>
    /// <exception cref="UnknownEventException">
    /// A newer build has decided one of the claims with an event that this one does not know.
    /// </exception>
    /// <exception cref="InvalidMessageException">The id of a claim is the id of an event that is not a decision.</exception>
    public async Task<ClaimBatchState> LoadAsync(
        NpgsqlConnection connection, IReadOnlyList<string> treasures, IReadOnlyList<AcceptedClaim> claims, Func<string, string> huntIdOf,
        CancellationToken cancellationToken)
    {
        var state = new ClaimBatchState();
        await using var batch = new NpgsqlBatch(connection);
        _plans.AddIfDue(batch, connection.ProcessID);
        batch.BatchCommands.Add(StreamQuery(treasures));
        batch.BatchCommands.Add(HuntQuery(treasures.Select(huntIdOf).Distinct()));
        batch.BatchCommands.Add(DecisionQuery(claims));
        batch.BatchCommands.Add(ReservationTable.CreateQuery(_schema, claims, huntIdOf));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await ReadStreamsAsync(reader, state, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            state.Hunts[reader.GetString(0)] = _json.FromJson<Hunt>(reader, 1);
        }

        await reader.NextResultAsync(cancellationToken);
        await ReadDecisionsAsync(reader, state, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var withGaps = await ReservationTable.ReadReservationsAsync(reader, state.Reservations, cancellationToken);
        if (withGaps.Count > 0)
        {
            await reader.CloseAsync();
            await ReservationTable.ReadGapsAsync(connection, _schema, withGaps, state.Reservations, cancellationToken);
        }

        return state;
    }

    // Version and snapshot in one statement: both must be of the same point in time.
    private NpgsqlBatchCommand StreamQuery(IEnumerable<string> treasures) => new(
        $"""
         select s.id, s.version, t.data from {_schema}.mt_streams s left join {_schema}.mt_doc_treasure t on t.id = s.id
         where s.id = any($1)
         """)
    {
        Parameters =
        {
            new()
            {
                Value = treasures.SelectMany(treasureId => new[] { StreamNames.Treasure(treasureId), StreamNames.Refusals(treasureId) })
                    .ToArray(),
            },
        },
    };

    private NpgsqlBatchCommand HuntQuery(IEnumerable<string> huntIds) =>
        new($"select id, data from {_schema}.mt_doc_hunt where id = any($1)")
        {
            Parameters = { new() { Value = huntIds.Select(StreamNames.Hunt).ToArray() } },
        };

    private NpgsqlBatchCommand DecisionQuery(IEnumerable<AcceptedClaim> claims) =>
        new($"select id, type, {EventBody.Columns} from {_schema}.mt_events where id = any($1)")
        {
            Parameters = { new() { Value = claims.Select(claim => claim.ClaimId).ToArray() } },
        };

    private async Task ReadStreamsAsync(NpgsqlDataReader reader, ClaimBatchState state, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            var stream = reader.GetString(0);
            state.Versions[stream] = reader.GetInt64(1);
            if (!await reader.IsDBNullAsync(2, cancellationToken))
            {
                state.Treasures[stream] = _json.FromJson<Treasure>(reader, 2);
            }
        }
    }

    private static async Task ReadDecisionsAsync(NpgsqlDataReader reader, ClaimBatchState state, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            var name = reader.GetString(1);
            state.AlreadyDecided.Add(
                reader.GetGuid(0),
                EventBody.Read(reader, 2, name) as IClaimEvent
                    ?? throw new InvalidMessageException($"The claim id is the id of another event, a {name}."));
        }
    }
}
