namespace TreasureHunt.Contracts;

/// <summary>The sender of an administrative command. It is recorded with the event, in the header <see cref="Header"/>.</summary>
/// <param name="Subject">The <c>sub</c> of the administrator's token; null when the command came without one.</param>
/// <param name="TokenId">
/// The token's <c>jti</c>, or <c>sha256:</c> and the first 16 hexadecimal digits of its hash when it has none.
/// </param>
/// <param name="Address">The client's address as the proxy reports it.</param>
/// <param name="Source"><see cref="Http"/>, <see cref="Bus"/> or <see cref="Engine"/>.</param>
public sealed record Actor(string? Subject, string? TokenId, string? Address, string Source)
{
    public const string Http = "http";
    public const string Bus = "bus";

    /// <summary>The engine itself, at a time that an administrator set earlier.</summary>
    public const string Engine = "engine";

    /// <summary>The header of an event that contains its actor. Part of the storage format.</summary>
    public const string Header = "by";

    /// <summary>Maximum length of a field, in characters.</summary>
    public const int MaxLength = 256;

    /// <summary>The actor of a command without one, from any user of the broker that may write to the queue.</summary>
    public static readonly Actor Unnamed = new(null, null, null, Bus);

    /// <summary>The actor of a command that the engine sends to itself.</summary>
    public static readonly Actor OfEngine = new(null, null, null, Engine);

    /// <summary>Whether every field is text of at most <see cref="MaxLength"/> characters.</summary>
    public bool IsWellFormed() =>
        new[] { Subject, TokenId, Address }.All(field => field is null || (field.Length <= MaxLength && IdentifierRules.IsText(field)))
        && Source is Http or Bus or Engine;
}
