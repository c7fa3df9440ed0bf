using Marten;
using Npgsql;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace TreasureHunt.EventStore.Clues;

/// <summary>
/// The table of unrevealed clues. A row is inserted with the event that contains the clue and deleted with the event that reveals it, so
/// each clue is revealed once, even when messages are lost.
/// </summary>
public static class UnrevealedClueTable
{
    private const string Name = "clues_to_come";

    /// <summary>Defines the table, for <c>--apply-schema</c>.</summary>
    public static Table Define(string schema)
    {
        var table = new Table(PostgresqlProvider.Instance.Parse(schema, Name));
        table.AddColumn<Guid>("clue_id").AsPrimaryKey();
        table.AddColumn<string>("treasure_id").NotNull();
        table.AddColumn<string>("hunt_id").NotNull();
        table.AddColumn("clue", "jsonb").NotNull();
        // Rounded to microseconds, for the search; the clue itself has the exact time.
        table.AddColumn<DateTimeOffset>("reveal_at").NotNull();
        table.Indexes.Add(new IndexDefinition($"{Name}_reveal_at") { Columns = ["reveal_at"] });
        return table;
    }

    /// <summary>Queues the changes that an event makes to the table, for the transaction that records the event.</summary>
    /// <param name="eventId">Id of the event: the ids of its clues derive from it.</param>
    /// <param name="aggregate">The hunt or treasure before the event; null for a new one.</param>
    public static void QueueChanges(IDocumentSession session, Guid eventId, object @event, object? aggregate)
    {
        var table = TableOf(session);
        switch (@event, aggregate)
        {
            case (TreasureHidden e, _):
                foreach (var (n, clue) in e.Clues.Index())
                {
                    Add(e.TreasureId, e.HuntId, n, clue, e.At);
                }

                break;
            case (ClueAdded e, Treasure treasure):
                Add(e.TreasureId, treasure.HuntId, 0, e.Clue, e.At);
                break;
            case (ClueRevealed, _):
                session.QueueSqlCommand($"delete from {table} where clue_id = ?", eventId);
                break;
            // A hunt that ends before it opens never becomes public, and its clues do not either.
            case (HuntClosed or HuntCancelled, Hunt hunt) when !hunt.Window.Apply((IHuntEvent)@event).HasOpenedAt(DateTimeOffset.MaxValue):
                session.QueueSqlCommand($"delete from {table} where hunt_id = ?", ((IHuntEvent)@event).HuntId);
                break;
        }

        void Add(string treasureId, string huntId, int n, Clue clue, DateTimeOffset at)
        {
            if (UnrevealedClues.Includes(clue, at))
            {
                session.QueueSqlCommand(
                    $"insert into {table} (clue_id, treasure_id, hunt_id, clue, reveal_at) values (?, ?, ?, ?::jsonb, ?)",
                    Ids.ForClue(eventId, n), treasureId, huntId, session.DocumentStore.Options.Serializer().ToJson(clue), clue.RevealAt);
            }
        }
    }

    /// <summary>Returns an unrevealed clue; null when the id is unknown or the clue has been revealed.</summary>
    public static async Task<Clue?> FindAsync(IDocumentSession session, Guid clueId, CancellationToken cancellationToken) =>
        (await session.QueryAsync<Clue>(
            $"select clue from {TableOf(session)} where clue_id = ?", cancellationToken, clueId)).SingleOrDefault();

    /// <summary>
    /// Returns the clues whose reveal time has passed and whose hunt has opened: first those that have not failed, then those that have,
    /// each group oldest first. The decider checks each of them again.
    /// </summary>
    /// <param name="failed">Clues whose earlier attempt failed.</param>
    /// <param name="waiting">Failed clues to leave out, because their next attempt is later.</param>
    public static async Task<List<DueClue>> FindDueAsync(
        NpgsqlDataSource postgres, string schema, DateTimeOffset now, Guid[] failed, Guid[] waiting, int limit,
        CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"""
             select c.clue_id, c.treasure_id
             from {schema}.{Name} c join {schema}.mt_doc_hunt h on h.id = '{StreamNames.Hunt("")}' || c.hunt_id
             cross join lateral (select
               (h.data->'window'->>'scheduled')::boolean as scheduled,
               (h.data->'window'->>'opensAt')::timestamptz as opens,
               least((h.data->'window'->>'closesAt')::timestamptz, (h.data->'window'->>'cancelledAt')::timestamptz) as ends) w
             where c.reveal_at <= $1 and w.scheduled and w.opens <= $1 and w.opens < w.ends and c.clue_id <> all($2)
             order by c.clue_id = any($3), c.reveal_at limit {limit}
             """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(waiting);
        command.Parameters.AddWithValue(failed);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<DueClue>();
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add(new DueClue(reader.GetGuid(0), reader.GetString(1)));
        }

        return due;
    }

    private static string TableOf(IDocumentSession session) => $"{session.DocumentStore.Options.DatabaseSchemaName}.{Name}";
}
