using System.Text.Json;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.EventStore.Reading;

/// <content>All events of a range, for the subscriptions.</content>
public sealed partial class EventReader
{
    /// <summary>Reads the events of all types in a range of sequences.</summary>
    /// <param name="upTo">At most <see cref="HighWaterMarkAsync"/>.</param>
    /// <exception cref="UnreadableEventException">
    /// The range contains an event that this build does not know, or that is damaged. To skip it would lose data.
    /// </exception>
    public async Task<EventBatch> ReadRangeAsync(long after, long upTo, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"select {Columns}, id, causation_id from {_events} where seq_id > $1 and seq_id <= $2 order by seq_id");
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(upTo);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<RecordedEvent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            try
            {
                events.Add(RecordedEventIn(reader) with
                {
                    Id = reader.GetGuid(ColumnCount),
                    CausationId = await reader.IsDBNullAsync(ColumnCount + 1, cancellationToken)
                        ? null : reader.GetString(ColumnCount + 1),
                });
            }
            catch (Exception exception) when (exception is UnknownEventException or JsonException or FormatException)
            {
                throw new UnreadableEventException(reader.GetInt64(0), reader.GetString(4), exception);
            }
        }

        return new EventBatch(after, upTo, events);
    }
}
