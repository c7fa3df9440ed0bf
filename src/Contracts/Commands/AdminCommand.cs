using System.Text.Json.Serialization;

namespace TreasureHunt.Contracts.Commands;

/// <summary>The common fields of administrative commands.</summary>
public abstract record AdminCommand
{
    /// <inheritdoc cref="IAdminCommand.By"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Actor? By { get; init; }
}
