namespace TreasureHunt.Contracts.Commands;

/// <summary>An administrative command.</summary>
public interface IAdminCommand
{
    /// <summary>The id of the event that the command records, so that a repeated command changes nothing.</summary>
    Guid CommandId { get; }

    /// <summary>The time at which the Api accepted the command.</summary>
    DateTimeOffset At { get; }

    /// <summary>The sender, as the token identifies it; null when the command was not sent by an Api.</summary>
    Actor? By { get; }
}
