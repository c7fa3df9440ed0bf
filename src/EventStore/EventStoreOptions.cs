using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.EventStore;

/// <summary>Section <c>EventStore</c> of the hosts that open the event store.</summary>
public sealed class EventStoreOptions
{
    public const string Section = "EventStore";

    /// <summary>
    /// PostgreSQL schema of the event store: a lower-case identifier of at most 63 characters, because SQL statements contain it unquoted.
    /// Default <c>treasurehunt</c>.
    /// </summary>
    [RegularExpression("^[a-z_][a-z0-9_]{0,62}$")]
    public string Schema { get; set; } = "treasurehunt";
}
